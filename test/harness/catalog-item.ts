import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Collection } from '../../lambdas/functions.ts';
import type { TestTwin } from './twin.ts';

interface Key {
  readonly tenant: string;
  readonly collection: Collection;
  readonly key: string;
}

/** An item of the customer's data as it is stored, read as the catalog would. */
export const catalogItem = async (
  { addresses, control }: TestTwin,
  { tenant, collection, key }: Key,
): Promise<Readonly<Record<string, unknown>> | undefined> => {
  const credentials = await control.session('ringfence-local-catalog-tenant', { tenant });
  const client = new DynamoDBClient({ endpoint: addresses.endpointUrl, region: addresses.region, credentials });
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: 'ringfence-local-records',
      Key: { pk: { S: `${tenant}#${collection}` }, sk: { S: key } },
    }),
  );
  client.destroy();
  return Item && unmarshall(Item);
};
