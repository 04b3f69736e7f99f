import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { type ErasedCollection, tableName, tableOf } from '../kernel/tables.ts';
import { environment } from './environment.ts';
import { keyOf } from './keys.ts';
import type { Reader } from './read-all.ts';

/** As many as one connection pool serves well. */
const atOnce = 25;

/**
 * Deletes items without a precondition. What is gone already is gone: repeating it changes nothing. Not as a batch,
 * because the permission for a batch would let it put items as well.
 */
export const eraseItems = async (
  { client, tenant, options }: Reader,
  collection: ErasedCollection,
  keys: readonly string[],
): Promise<void> => {
  const TableName = tableName(environment.stage(), tableOf(collection));
  for (let at = 0; at < keys.length; at += atOnce)
    await Promise.all(
      keys
        .slice(at, at + atOnce)
        .map((key) => client.send(new DeleteItemCommand({ TableName, Key: keyOf(tenant, collection, key) }), options)),
    );
};
