import type { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { archivePrefix, functions, type Table, tables } from '../../lambdas/functions.ts';
import { bucketArn, functionName, tableArn, tenantRoleName, trailBucketName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { actsForTenants } from './execution-grants.ts';

type Selector = CfnTrail.AdvancedEventSelectorProperty;
type Field = CfnTrail.AdvancedFieldSelectorProperty;

/** Of all conditions of a trail: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html */
const valuesMax = 500;

/** The roles of our own code. What they do is many calls a request, and told by the application itself. */
const applicationRoles = (stage: Stage): readonly string[] =>
  functions.flatMap((spec) => [
    functionName(stage, spec),
    ...(actsForTenants(spec) ? [tenantRoleName(stage, spec)] : []),
  ]);

/**
 * Everybody but our own roles and AWS services, which have no ARN in a record. The slash ends the role's name: a role
 * `…-catalog2` is not `…-catalog`. There are no wildcards.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html
 */
const byOthers = (stage: Stage): Field => ({
  field: 'userIdentity.arn',
  startsWith: ['arn:'],
  notStartsWith: applicationRoles(stage).map((role) => `arn:aws:sts::${stage.account}:assumed-role/${role}/`),
});

const dataOf = (name: string, type: string, ...fields: readonly Field[]): Selector => ({
  name,
  fieldSelectors: [
    { field: 'eventCategory', equalTo: ['Data'] },
    { field: 'resources.type', equalTo: [type] },
    ...fields,
  ],
});

/**
 * What the trail records: all management events, and data events where a person, or a role that is not ours, reaches for
 * tenants' data, past the gateway, or for the archive. Requests of customers cause none, and so cost nothing.
 * @throws when there are more values than CloudTrail takes.
 */
export const trailSelectors = (stage: Stage): readonly Selector[] => {
  const arns = (Object.keys(tables) as Table[]).map((table) => tableArn(stage, table));
  const selectors: readonly Selector[] = [
    // KMS is not left out, though it is most of them: who opened which key is evidence.
    { name: 'Management', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] },
    dataOf('Tables', 'AWS::DynamoDB::Table', { field: 'resources.ARN', equalTo: arns }, byOthers(stage)),
    // The stream has the same data as its table.
    dataOf(
      'Streams',
      'AWS::DynamoDB::Stream',
      { field: 'resources.ARN', startsWith: arns.map((arn) => `${arn}/stream/`) },
      byOthers(stage),
    ),
    dataOf(
      'Functions',
      'AWS::Lambda::Function',
      {
        field: 'resources.ARN',
        startsWith: [`arn:aws:lambda:${stage.region}:${stage.account}:function:ringfence-${stage.name}-`],
      },
      byOthers(stage),
    ),
    // Few calls, and each of them about the evidence: the archive function's own too.
    dataOf('Archive', 'AWS::S3::Object', {
      field: 'resources.ARN',
      startsWith: [`${bucketArn(trailBucketName(stage))}/${archivePrefix}`],
    }),
  ];
  const values = selectors.flatMap(({ fieldSelectors }) => fieldSelectors as Field[]).flatMap(valuesOf);
  if (values.length > valuesMax)
    throw new Error(
      `The trail's selectors have ${values.length} values, and CloudTrail takes ${valuesMax}: lib/constructs/trail-selectors.ts names two roles for each function. Give functions fewer roles of their own, or record tables and functions in a second trail.`,
    );
  return selectors;
};

const valuesOf = ({ field: _, ...operators }: Field): readonly string[] => Object.values(operators).flat();
