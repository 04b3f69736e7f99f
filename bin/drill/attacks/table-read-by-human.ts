import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Attack } from '../attack.ts';

export const tableReadByHuman: Attack = {
  name: 'table-read-by-human',
  story: "An administrator of the account reads a tenant's item from the table.",
  detection: 'tenant-table-touched-by-human',
  needs: 'twin',
  play: async ({ inside, stage, tenant }) => {
    const client = await inside.dynamoDb();
    const Key = { pk: { S: `${tenant.id}#services` }, sk: { S: 'svc_1' } };
    const refusal = await client.send(new GetItemCommand({ TableName: `ringfence-${stage}-records`, Key })).then(
      () => 'GRANTED',
      (error: Error) => error.name,
    );
    return `GetItem by the administrator: ${refusal}`;
  },
};
