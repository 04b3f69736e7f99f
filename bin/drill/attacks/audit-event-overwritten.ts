import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Attack } from '../attack.ts';

export const auditEventOverwritten: Attack = {
  name: 'audit-event-overwritten',
  story: 'Code with a stolen session of a tenant role writes over an audit event.',
  detection: 'audit-event-changed',
  needs: 'twin',
  play: async ({ ask, inside, stage, tenant }) => {
    await ask('POST', '/v1/teams', { token: tenant.token, body: { name: `Drill ${Date.now()}` } });
    const { body } = await ask('GET', '/v1/audit-events?limit=1', { token: tenant.token });
    const [event] = body.items as readonly { readonly id: string; readonly at: string }[];
    if (!event) throw new Error('The tenant has no audit event.');
    const client = await inside.dynamoDb({ name: `ringfence-${stage}-catalog-tenant`, tenant: tenant.id });
    const month = event.at.slice(0, 7);
    await client.send(
      new PutItemCommand({
        TableName: `ringfence-${stage}-audit`,
        Item: {
          pk: { S: `${tenant.id}#audit#${month}` },
          sk: { S: `${event.at}#${event.id}` },
          schema: { N: '1' },
          action: { S: 'nothing.happened' },
        },
      }),
    );
    return `${event.id} was written over`;
  },
};
