import { type DynamoDBClient, GetItemCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { TenantId } from '../kernel/id.ts';
import type { ListRequest, Page, Position, TenantSession, Write } from '../kernel/session.ts';
import { type Collection, type ErasedCollection, tableName, tableOf, tables } from '../kernel/tables.ts';
import { commit } from './commit.ts';
import { environment } from './environment.ts';
import { eraseItems } from './erase-items.ts';
import { keyOf, partitionOf } from './keys.ts';
import { plain, readAll } from './read-all.ts';
import { tenantClient } from './tenant-clients.ts';

/** A session that can also commit: what `serve` holds, and use cases never see. */
export interface CommittingSession extends TenantSession {
  /** All or nothing. @throws Failure with the code of the first write whose precondition did not hold. */
  commit(writes: readonly Write[]): Promise<void>;
  /** Deletes these, whatever they are; for a tenant that is offboarded, in which nobody writes any more. */
  erase(collection: ErasedCollection, keys: readonly string[]): Promise<void>;
}

/** Index → its sort attribute. */
const sortAttributes: Readonly<Record<string, string>> = Object.assign(
  {},
  ...Object.values(tables).map(({ indexes }) => indexes),
);
const sortAttribute = ({ index }: ListRequest): string => (index && sortAttributes[index]) ?? 'sk';

/** `pk = tenant#collection` and a condition on the sort key: names and values by placeholder. */
const queryOf = (tenant: TenantId, collection: Collection, request: ListRequest): QueryCommandInput => {
  const partition = partitionOf(tenant, collection, request.month);
  const sort = sortAttribute(request);
  const values: Record<string, unknown> = { ':pk': partition };
  const names: Record<string, string> = { '#pk': 'pk' };
  let condition = '#pk = :pk';
  if (request.prefix !== undefined || request.between) names['#sort'] = sort;
  if (request.prefix !== undefined) {
    condition += ' AND begins_with(#sort, :prefix)';
    values[':prefix'] = request.prefix;
  } else if (request.between) {
    condition += ' AND #sort BETWEEN :from AND :to';
    [values[':from'], values[':to']] = request.between;
  }
  const start = request.after && {
    pk: partition,
    sk: request.after.key,
    ...(request.index && { [sort]: request.after.indexKey }),
  };
  return {
    TableName: tableName(environment.stage(), tableOf(collection)),
    ...(request.index ? { IndexName: request.index } : { ConsistentRead: true }),
    KeyConditionExpression: condition,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: marshall(values),
    ScanIndexForward: !request.newestFirst,
    Limit: request.limit,
    ...(start && { ExclusiveStartKey: marshall(start) }),
  };
};

/**
 * Opens the session of a verified tenant. No argument but the tenant decides what it can reach, and the tenant must
 * come from a verified assertion or from the operators' function.
 */
export const openSession = (
  tenant: TenantId,
  signal?: AbortSignal,
  client: DynamoDBClient = tenantClient(tenant),
): CommittingSession => {
  const options = signal ? { abortSignal: signal } : {};
  const table = (collection: Collection): string => tableName(environment.stage(), tableOf(collection));
  return {
    tenant,
    get: async (collection, key) => {
      const { Item: found } = await client.send(
        new GetItemCommand({ TableName: table(collection), Key: keyOf(tenant, collection, key), ConsistentRead: true }),
        options,
      );
      return found && plain(unmarshall(found));
    },
    getAll: (keys, consistency = 'strong') => readAll({ client, tenant, options }, keys, consistency),
    list: async (collection, request): Promise<Page> => {
      const { Items = [], LastEvaluatedKey: last } = await client.send(
        new QueryCommand(queryOf(tenant, collection, request)),
        options,
      );
      const items = Items.map((item) => unmarshall(item));
      const positionOf = (item: Record<string, unknown>): Position => ({
        key: String(item.sk),
        ...(request.index && { indexKey: String(item[sortAttribute(request)]) }),
      });
      return {
        items: items.map(plain),
        positions: items.map(positionOf),
        ...(last && { next: positionOf(unmarshall(last)) }),
      };
    },
    commit: (writes) => commit(client, tenant, writes, signal),
    erase: (collection, keys) => eraseItems({ client, tenant, options }, collection, keys),
  };
};
