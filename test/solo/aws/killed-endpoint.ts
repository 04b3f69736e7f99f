// Run as a process of its own by killed.test.ts: writes without end, tells each acknowledged write, until it is killed.
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { plainTable, startLocal } from './local-world.ts';

const local = await startLocal([], process.argv[2]);
await local.endpoint.createTable(plainTable('kept'));
const { dynamoDb } = local.as('Admin');
for (let written = 0; ; written += 1) {
  await dynamoDb.send(new PutItemCommand({ TableName: 'kept', Item: { pk: { S: 'a' }, sk: { S: String(written) } } }));
  process.stdout.write(`${written}\n`);
}
