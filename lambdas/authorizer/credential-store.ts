import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type Table, tableName } from '../kernel/tables.ts';
import { type CredentialItems, credentialKeys } from '../model/credential.ts';
import type { TokenParts } from '../model/token-format.ts';
import { watchAccess } from '../platform/access-watch.ts';
import { environment } from '../platform/environment.ts';
import { keyOf } from '../platform/keys.ts';

const client = watchAccess(new DynamoDBClient({}));
/** Tries once and for a moment: a caller must not wait, and be refused in the end, because a note could not be made. */
const noting = watchAccess(new DynamoDBClient({ maxAttempts: 1, requestHandler: client.config.requestHandler }));
const notingMsMax = 500;
const table = (name: Table): string => tableName(environment.stage(), name);

/** Token, user and tenant status in one strongly consistent read. Whose they are is in the token that was sent. */
export const readCredential = async (parts: TokenParts): Promise<CredentialItems> => {
  const { token, user, status } = credentialKeys(parts);
  const key = ({ collection, key }: typeof token | typeof user | typeof status) => keyOf(parts.tenant, collection, key);
  const { Responses = {}, UnprocessedKeys = {} } = await client.send(
    new BatchGetItemCommand({
      RequestItems: {
        [table('identity')]: { Keys: [key(token), key(user)], ConsistentRead: true },
        [table('control')]: { Keys: [key(status)], ConsistentRead: true },
      },
    }),
  );
  if (Object.keys(UnprocessedKeys).length > 0) throw new Error('Reading the credential was throttled.');
  const found = new Map(
    Object.values(Responses)
      .flat()
      .map((item) => [item.sk?.S, unmarshall(item)]),
  );
  return { token: found.get(token.key), user: found.get(user.key), status: found.get(status.key) };
};

/** Notes that a token was used, to the hour. Two instances may try; the condition lets one write. */
export const stampLastUsed = async (parts: TokenParts, hour: string): Promise<void> => {
  try {
    await noting.send(
      new UpdateItemCommand({
        TableName: table('identity'),
        Key: keyOf(parts.tenant, 'tokens', parts.credential),
        UpdateExpression: 'SET lastUsedAt = :hour',
        ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(lastUsedAt) OR lastUsedAt < :hour)',
        ExpressionAttributeValues: marshall({ ':hour': hour }),
      }),
      { abortSignal: AbortSignal.timeout(notingMsMax) },
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
};
