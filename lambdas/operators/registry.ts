import { isDeepStrictEqual } from 'node:util';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { Failure } from '../kernel/errors.ts';
import { TenantId, TokenId, UserId } from '../kernel/id.ts';
import { tableName } from '../kernel/tables.ts';
import { watchAccess } from '../platform/access-watch.ts';
import { environment } from '../platform/environment.ts';
import { stepNames } from './steps.ts';

/** What the platform knows of a tenant before and beside the tenant's own items. */
export const Registration = z.object({
  slug: z.string(),
  tenant: TenantId,
  name: z.string(),
  ownerEmail: z.string(),
  owner: UserId,
  createdAt: z.iso.datetime(),
  /** The operator who first asked for it. */
  createdBy: z.string(),
  /** The last step that was finished. */
  step: z.enum(stepNames),
  /** The token of the last attempt, until one was handed over. */
  firstToken: TokenId.optional(),
  /** As last set by an operator; the tenant's `status` item decides. */
  state: z.enum(['active', 'suspended']),
  version: z.int().min(1),
});
export type Registration = z.output<typeof Registration>;

const pk = 'platform#tenants';
const pageSize = 100;
const client = watchAccess(new DynamoDBClient({}));
const table = (): string => tableName(environment.stage(), 'operations');

export const findRegistration = async (slug: string): Promise<Registration | undefined> => {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table(), Key: marshall({ pk, sk: slug }), ConsistentRead: true }),
  );
  return Item && Registration.parse(unmarshall(Item));
};

export const listRegistrations = async (
  after?: string,
): Promise<{ readonly items: readonly Registration[]; readonly next?: string }> => {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: table(),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: marshall({ ':pk': pk }),
      ConsistentRead: true,
      Limit: pageSize,
      ...(after && { ExclusiveStartKey: marshall({ pk, sk: after }) }),
    }),
  );
  const next = LastEvaluatedKey?.sk?.S;
  return { items: Items.map((item) => Registration.parse(unmarshall(item))), ...(next && { next }) };
};

/** The answer to our own write may be lost, and its repetition then finds what it wrote itself. */
const isWritten = async (saved: Registration): Promise<boolean> =>
  isDeepStrictEqual(await findRegistration(saved.slug), Registration.parse(saved));

/** Writes a registration that is new, or that nobody changed since it was read. @throws Failure `version-mismatch` */
export const saveRegistration = async (next: Registration, seenVersion: number | undefined): Promise<Registration> => {
  const saved = { ...next, version: (seenVersion ?? 0) + 1 };
  try {
    await client.send(
      new PutItemCommand({
        TableName: table(),
        Item: marshall({ pk, sk: next.slug, schema: 1, ...saved }, { removeUndefinedValues: true }),
        ...(seenVersion === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: '#version = :seen',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: marshall({ ':seen': seenVersion }),
            }),
      }),
    );
    return saved;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    if (await isWritten(saved)) return saved;
    throw new Failure('version-mismatch');
  }
};
