import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { TestTwin } from '../../harness/twin.ts';

/** How many services a team's counter says it owns; undefined when there is no counter. Read as the catalog would. */
export const referencesOf = async (
  { addresses, control }: TestTwin,
  tenant: string,
  team: string,
): Promise<number | undefined> => {
  const credentials = await control.session('ringfence-local-catalog-tenant', { tenant });
  const client = new DynamoDBClient({ endpoint: addresses.endpointUrl, region: addresses.region, credentials });
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: 'ringfence-local-records',
      Key: { pk: { S: `${tenant}#teams` }, sk: { S: `references#${team}` } },
    }),
  );
  client.destroy();
  return Item && Number(Item.references?.N);
};
