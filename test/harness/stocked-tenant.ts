import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Collection } from '../../lambdas/functions.ts';
import { collections, may, tenantActors } from './actors.ts';
import { placeOf } from './collection-place.ts';
import { creations } from './creations.ts';
import { ask } from './http.ts';
import type { Intruder } from './intruder.ts';
import type { Place } from './item-request.ts';
import { physical } from './item-request.ts';
import type { FreshTenant } from './tenant.ts';
import type { TestTwin } from './twin.ts';

/** A tenant with something to steal in every collection that the API fills. */
export const stockedTenant = async (twin: TestTwin): Promise<FreshTenant> => {
  const tenant = await twin.tenant();
  const { apiUrl } = twin.addresses;
  for (const { operation, body, open, answers } of creations) {
    const { path } = await open(apiUrl, tenant);
    const headers = [['Idempotency-Key', `stock-${operation}`]] as const;
    const { status, text } = await ask(apiUrl, 'POST', path, { token: tenant.token, body: body(0), headers });
    if (status !== answers.status) throw new Error(`POST ${path}: ${status} ${text}`);
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
