import { parsePolicy } from '../../iam/parse-policy.ts';
import { TwinError } from '../../twin-error.ts';
import type { PolicyDocument } from '../../types.ts';
import { type Fields, fieldsList, optionalFields, optionalText, own, text } from '../fields.ts';
import type { Properties } from '../world.ts';

const known = new Set([
  'TableName',
  'KeySchema',
  'AttributeDefinitions',
  'BillingMode',
  'ProvisionedThroughput',
  'OnDemandThroughput',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
  'StreamSpecification',
  'SSESpecification',
  'DeletionProtectionEnabled',
  'TableClass',
  'TimeToLiveSpecification',
  'PointInTimeRecoverySpecification',
  'ContributorInsightsSpecification',
  'ResourcePolicy',
  'Tags',
  'WarmThroughput',
]);

/** What a template says of a table, in the words of the API. */
export interface TableProperties {
  readonly name: string;
  /** Input of CreateTable. */
  readonly create: Fields;
  /** Key id, ARN or alias, when a customer's key encrypts the table. */
  readonly keyId?: string;
  readonly ttlAttribute?: string;
  readonly recovery: boolean;
  readonly recoveryDays: number;
  readonly policy?: PolicyDocument;
}

const picked = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(names.flatMap((name) => (own(fields, name) === undefined ? [] : [[name, fields[name]]])));

const indexFields = ['IndexName', 'KeySchema', 'Projection', 'ProvisionedThroughput'];
const asIs = ['TableName', 'KeySchema', 'AttributeDefinitions', 'ProvisionedThroughput', 'TableClass', 'Tags'];

const isOn = (value: unknown): boolean => value === true || value === 'true';

/**
 * Reads the properties of AWS::DynamoDB::Table. Throws for one that is unknown: it would be silently missing.
 * Source: CloudFormation User Guide, AWS::DynamoDB::Table.
 */
export const tableProperties = (properties: Properties): TableProperties => {
  const name = text(properties, 'TableName');
  const strange = Object.keys(properties).find((key) => !known.has(key));
  if (strange !== undefined)
    throw new TwinError(
      `Table ${name} has the property ${strange}, which the twin does not have.`,
      'Remove it or build it.',
    );
  const stream = optionalFields(properties, 'StreamSpecification');
  const sse = optionalFields(properties, 'SSESpecification');
  const ttl = optionalFields(properties, 'TimeToLiveSpecification');
  const recovery = optionalFields(properties, 'PointInTimeRecoverySpecification') ?? {};
  const policy = optionalFields(properties, 'ResourcePolicy')?.PolicyDocument;
  const keyId = sse && isOn(sse.SSEEnabled) ? optionalText(sse, 'KMSMasterKeyId') : undefined;
  return {
    name,
    create: {
      ...picked(properties, asIs),
      BillingMode: optionalText(properties, 'BillingMode') ?? 'PROVISIONED',
      ...indexes(properties, 'GlobalSecondaryIndexes'),
      ...indexes(properties, 'LocalSecondaryIndexes'),
      ...(stream ? { StreamSpecification: { StreamEnabled: true, StreamViewType: stream.StreamViewType } } : {}),
      DeletionProtectionEnabled: isOn(properties.DeletionProtectionEnabled),
    },
    ...(keyId === undefined ? {} : { keyId }),
    ...(ttl && isOn(ttl.Enabled) ? { ttlAttribute: text(ttl, 'AttributeName') } : {}),
    recovery: isOn(recovery.PointInTimeRecoveryEnabled),
    recoveryDays: Number(recovery.RecoveryPeriodInDays ?? 35),
    ...(policy === undefined ? {} : { policy: parsePolicy(policy, `Table ${name}: ResourcePolicy`, 'resource') }),
  };
};

const indexes = (properties: Properties, field: string): Fields => {
  const all = fieldsList(properties, field);
  return all.length === 0 ? {} : { [field]: all.map((index) => picked(index, indexFields)) };
};
