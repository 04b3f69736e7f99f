import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Collection } from '../../lambdas/functions.ts';
import { collections, may, tenantActors } from './actors.ts';
import { placeOf } from './collection-place.ts';
import { ask } from './http.ts';
import type { Intruder } from './intruder.ts';
import type { Place } from './item-request.ts';
import { physical } from './item-request.ts';
import type { FreshTenant } from './tenant.ts';
import type { TestTwin } from './twin.ts';

/** A tenant with something to steal in every collection that the API fills. */
export const stockedTenant = async (twin: TestTwin): Promise<FreshTenant> => {
  const tenant = await twin.tenant();
  for (const [path, body] of [
    ['/v1/teams', { name: 'Vault', aliases: ['vault'] }],
    ['/v1/services', { name: 'Ledger', aliases: ['ledger'], tier: 1 }],
  ] as const) {
    const headers = [['Idempotency-Key', `stock ${path}`.replace(' ', '-')]] as const;
    const { status, text } = await ask(twin.addresses.apiUrl, 'POST', path, { token: tenant.token, body, headers });
    if (status !== 201) throw new Error(`POST ${path}: ${status} ${text}`);
  }
  return tenant;
};

/** Everything a tenant has, read by its own sessions: collection → items as DynamoDB answers them. */
export const stockOf = async (
  intruder: Intruder,
  tenant: string,
  month: string,
): Promise<ReadonlyMap<Collection, readonly Record<string, unknown>[]>> => {
  const stock = new Map<Collection, readonly Record<string, unknown>[]>();
  for (const collection of collections) {
    const reader = tenantActors.find(({ touches }) => may(touches, collection, 'Query'));
    if (!reader) continue;
    const { dynamoDb } = await intruder.asTenant(reader.name, tenant);
    const { table, pk } = placeOf(tenant, collection, '', month);
    const { Items = [] } = await dynamoDb.send(
      new QueryCommand({
        TableName: physical(table),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
      }),
    );
    stock.set(collection, Items);
  }
  return stock;
};

/** Where a tenant's first item of each collection is; of those that nobody can list, where onboarding put it. */
export const placesIn = (
  stock: Awaited<ReturnType<typeof stockOf>>,
  tenant: string,
  month: string,
): ReadonlyMap<Collection, Place> =>
  new Map(
    collections.map((collection) => {
      const sk = (stock.get(collection)?.[0]?.sk as { S?: string } | undefined)?.S;
      return [collection, placeOf(tenant, collection, sk ?? 'v1', month)];
    }),
  );
