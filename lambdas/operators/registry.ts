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
import { EventId, TenantId, TokenId, UserId } from '../kernel/id.ts';
import { tableName } from '../kernel/tables.ts';
import { watchAccess } from '../platform/access-watch.ts';
import { environment } from '../platform/environment.ts';
import { Offboarding, Receipt } from './offboarding.ts';
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
  state: z.enum(['active', 'suspended', 'offboarding']),
  /** The last export that was told to the audit trail. */
  exported: z.object({ at: z.iso.datetime(), event: EventId, by: z.string() }).optional(),
  /** Present from the moment an operator has begun to offboard it. */
  offboarding: Offboarding.optional(),
  version: z.int().min(1),
});
export type Registration = z.output<typeof Registration>;
export type { Receipt } from './offboarding.ts';

/** A tenant, or what is left of one. */
const Entry = z.union([Receipt, Registration]);
export type Entry = z.output<typeof Entry>;
export const isReceipt = (entry: Entry): entry is Receipt => entry.state === 'offboarded';

const pk = 'platform#tenants';
const pageSize = 100;
const client = watchAccess(new DynamoDBClient({}));
const table = (): string => tableName(environment.stage(), 'operations');

/** What stands under a slug. */
export const findEntry = async (slug: string): Promise<Entry | undefined> => {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table(), Key: marshall({ pk, sk: slug }), ConsistentRead: true }),
  );
  return Item && Entry.parse(unmarshall(Item));
};

/** A tenant as long as something of it is there. @throws Failure `tenant-offboarded` once its deletion has begun */
export const findRegistration = async (slug: string): Promise<Registration | undefined> => {
  const entry = await findEntry(slug);
  if (entry && (isReceipt(entry) || entry.offboarding?.erasing)) throw new Failure('tenant-offboarded');
  return entry as Registration | undefined;
};

/** A tenant that may be given something new. @throws Failure `tenant-offboarded` once its offboarding has begun */
export const findStaying = async (slug: string): Promise<Registration | undefined> => {
  const registration = await findRegistration(slug);
  if (registration?.offboarding) throw new Failure('tenant-offboarded');
  return registration;
};

export const listEntries = async (
  after?: string,
): Promise<{ readonly items: readonly Entry[]; readonly next?: string }> => {
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
  return { items: Items.map((item) => Entry.parse(unmarshall(item))), ...(next && { next }) };
};

/** The answer to our own write may be lost, and its repetition then finds what it wrote itself. */
const isWritten = async (saved: Entry): Promise<boolean> =>
  isDeepStrictEqual(await findEntry(saved.slug), Entry.parse(saved));

/** Writes an entry that is new, or that nobody changed since it was read. @throws Failure `version-mismatch` */
const saveEntry = async <E extends Entry>(next: E, seenVersion: number | undefined): Promise<E> => {
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

export const saveRegistration = (next: Registration, seenVersion: number | undefined): Promise<Registration> =>
  saveEntry(next, seenVersion);

/** Puts the receipt in the place of the tenant: name and owner's address are gone with it. */
export const saveReceipt = (receipt: Omit<Receipt, 'version'>, seenVersion: number): Promise<Receipt> =>
  saveEntry({ ...receipt, version: seenVersion }, seenVersion);
