import { type FunctionSpec, functions, type Table, touchesOf } from '../../lambdas/functions.ts';
import { streamedTable } from '../constructs/stream-grants.ts';
import { tablesOf, throughTable } from '../constructs/table-key-grants.ts';
import { deploymentRoleName, functionName, tenantRoleName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { allow, type Statement } from '../statement.ts';
import { administered, usedBy } from './administration.ts';

/** The roles of a function that touch a table: its tenant role in a tenant's name, its own role in nobody's, or for its stream. */
const rolesOn = (stage: Stage, table: Table, spec: FunctionSpec): readonly string[] => [
  ...(tablesOf(touchesOf(spec)).includes(table) ? [tenantRoleName(stage, spec)] : []),
  ...(streamedTable(spec) === table || tablesOf({ ...spec.everyTenant, ...spec.platform }).includes(table)
    ? [functionName(stage, spec)]
    : []),
];

/**
 * The key of one table. Only roles that touch the table, through DynamoDB, for that table; and the deployment, for what
 * DynamoDB does when a table is made.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
export const tableKeyPolicy = (stage: Stage, table: Table): readonly Statement[] => {
  const roles = functions.flatMap((spec) => rolesOn(stage, table, spec));
  // Restoring a table makes one too.
  const makers = [deploymentRoleName(stage), ...(stage.restoreRole ? [stage.restoreRole] : [])];
  const viaService = { StringEquals: { 'kms:ViaService': `dynamodb.${stage.region}.amazonaws.com` } };
  return [
    administered(stage),
    ...usedBy(stage, roles, allow('Use', ['kms:Decrypt'], ['*'], { StringEquals: throughTable(stage, table) })),
    ...usedBy(
      stage,
      makers,
      allow(
        'TableCreation',
        ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        ['*'],
        viaService,
      ),
    ),
    ...usedBy(
      stage,
      makers,
      allow('GrantToDynamoDb', ['kms:CreateGrant'], ['*'], {
        ...viaService,
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
      }),
    ),
  ];
};
