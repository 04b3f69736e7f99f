import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { delegating, plainTable, startLocal, tableArn } from './local-world.ts';

const TableName = 'kept';
const Key = { pk: { S: 'a' }, sk: { S: 'b' } };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endpoint-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('keeps items and keys between runs, and keys from other users of the machine', async () => {
  const first = await startLocal([], folder);
  const key = await first.endpoint.createKey('stack/Key', { KeyPolicy: delegating });
  await first.endpoint.createTable(plainTable(TableName));
  await first.as('Admin').dynamoDb.send(new PutItemCommand({ TableName, Item: Key }));
  const { CiphertextBlob } = await first
    .as('Admin')
    .kms.send(new EncryptCommand({ KeyId: key.ref, Plaintext: Buffer.from('x') }));
  await first.close();
  expect(statSync(join(folder, 'kms-keys.json')).mode & 0o777).toBe(0o600);

  const second = await startLocal([], folder);
  expect(await second.endpoint.createKey('stack/Key', { KeyPolicy: delegating })).toEqual(key);
  await second.endpoint.createTable(plainTable(TableName));
  const { dynamoDb, kms } = second.as('Admin');
  expect((await dynamoDb.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(Key);
  expect(Buffer.from((await kms.send(new DecryptCommand({ CiphertextBlob }))).Plaintext ?? []).toString()).toBe('x');
  await second.close();
});

it('says what differs when the data cannot become what the template wants, and when a key file is none', async () => {
  const first = await startLocal([], folder);
  await first.endpoint.createTable(plainTable(TableName));
  const other = plainTable(TableName, { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] });
  await expect(first.endpoint.createTable(other)).rejects.toThrow(
    /Table kept in the data folder has key schema .*"sk".* the template wants \[\["pk","HASH"\]\]/,
  );
  await expect(first.endpoint.createTable(plainTable(TableName, { KinesisStreamSpecification: {} }))).rejects.toThrow(
    /KinesisStreamSpecification/,
  );
  await first.close();
  writeFileSync(join(folder, 'kms-keys.json'), '{');
  await expect(startLocal([], folder)).rejects.toThrow(/kms-keys.json is not a key file/);
});

it('describes tables as the account has them', async () => {
  const local = await startLocal([], folder);
  const created = await local.endpoint.createTable(
    plainTable(TableName, { DeletionProtectionEnabled: true, StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }),
  );
  const { dynamoDb } = local.as('Admin');
  const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName: tableArn(TableName) }));
  expect(Table?.TableArn).toBe(tableArn(TableName));
  expect(created.attributes).toMatchObject({ Arn: tableArn(TableName), StreamArn: Table?.LatestStreamArn });
  expect((await dynamoDb.send(new ListTablesCommand({}))).TableNames).toEqual([TableName]);
  expect(
    (await dynamoDb.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription?.TimeToLiveStatus,
  ).toBe('ENABLED');
  const recovery = async () =>
    (await dynamoDb.send(new DescribeContinuousBackupsCommand({ TableName }))).ContinuousBackupsDescription
      ?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
  expect(await recovery()).toBe('ENABLED');
  await dynamoDb.send(
    new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
    }),
  );
  expect(await recovery()).toBe('DISABLED');
  await expect(dynamoDb.send(new DeleteTableCommand({ TableName }))).rejects.toThrow(/protected against deletion/);
  await local.close();
});

it("deletes what expired by the twin's clock, and nothing else", async () => {
  const local = await startLocal([], folder);
  await local.endpoint.createTable(plainTable(TableName));
  const put = (sk: string, more: Record<string, { S: string } | { N: string }>) =>
    local
      .as('Admin')
      .dynamoDb.send(new PutItemCommand({ TableName, Item: { pk: { S: 'a' }, sk: { S: sk }, ...more } }));
  const inAnHour = { N: String(Math.floor(Date.now() / 1000) + 3600) };
  await put('expires', { expiresAt: inAnHour });
  await put('text', { expiresAt: { S: '1' } });
  await put('old', { expiresAt: { N: '1' } });
  await put('none', {});
  expect(await local.endpoint.sweepExpired()).toBe(0);
  local.world.clock.advance(2 * 3600_000);
  expect(await local.endpoint.sweepExpired()).toBe(1);
  const { Count } = await local.endpoint.engine('Scan', { TableName });
  expect(Count).toBe(3);
  await local.close();
});
