import * as sdk from '@aws-sdk/client-dynamodb';
import { type Table, tables } from '../../../lambdas/functions.ts';
import { everySession } from '../../harness/actors.ts';
import { type AwsClients, type Intruder, intruderIn } from '../../harness/intruder.ts';
import { physical } from '../../harness/item-request.ts';
import { type Attempt, expectAll, judge } from '../../harness/judge.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

/** These name items: declared-access and foreign-tenant ask with them in every way they know. */
const itemCommands = [
  'BatchExecuteStatement',
  'BatchGetItem',
  'BatchWriteItem',
  'DeleteItem',
  'ExecuteStatement',
  'ExecuteTransaction',
  'GetItem',
  'PutItem',
  'Query',
  'Scan',
  'TransactGetItems',
  'TransactWriteItems',
  'UpdateItem',
];

/** They differ in what they take; to send one it does not matter which it is. */
type Command = new (input: Readonly<Record<string, unknown>>) => sdk.ListTablesCommand;

/** Every other operation that the SDK knows, and those that it will know after an update. */
const commands = Object.entries(sdk).flatMap(([exported, Command]): readonly (readonly [string, Command])[] => {
  const name = exported.replace(/Command$/, '');
  const isCommand = name !== exported && name !== '$' && typeof Command === 'function';
  return isCommand && !itemCommands.includes(name) ? [[name, Command as unknown as Command]] : [];
});

/** Names the table in every way that an operation may want it; each takes the fields it knows. */
const about = (table: Table): Readonly<Record<string, unknown>> => {
  const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${physical(table)}`;
  return {
    TableName: physical(table),
    TableArn: arn,
    ResourceArn: arn,
    SourceTableName: physical(table),
    SourceTableArn: arn,
    TargetTableName: 'stolen',
    GlobalTableName: physical(table),
    BackupName: 'stolen',
    BackupArn: `${arn}/backup/01`,
    ExportArn: `${arn}/export/01`,
    ImportArn: `${arn}/import/01`,
    S3Bucket: 'elsewhere',
    StreamArn: 'arn:aws:kinesis:us-east-1:999999999999:stream/elsewhere',
    UseLatestRestorableTime: true,
    DeletionProtectionEnabled: false,
    Policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
    Tags: [{ Key: 'tenant', Value: 'x' }],
    TagKeys: ['stage'],
    TimeToLiveSpecification: { AttributeName: 'createdAt', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
    ContributorInsightsAction: 'ENABLE',
  };
};

const attemptsOn = (table: Table): readonly Attempt[] =>
  commands.map(([name, Command]) => ({
    name: `${name} of ${table}`,
    send: ({ dynamoDb }) => dynamoDb.send(new Command(about(table))),
  }));

let twin: TestTwin;
let intruder: Intruder;
let sessions: readonly AwsClients[];
beforeAll(async () => {
  twin = await workerTwin();
  intruder = intruderIn(twin);
  sessions = await everySession(intruder, (await twin.tenant()).id);
});
afterAll(() => intruder.close());

it('the SDK has operations to try, those that copy and delete tables among them', () => {
  expect(commands.map(([name]) => name)).toEqual(
    expect.arrayContaining([
      'CreateBackup',
      'DeleteTable',
      'ExportTableToPointInTime',
      'ListTables',
      'PutResourcePolicy',
    ]),
  );
  for (const name of itemCommands) expect(sdk).toHaveProperty(`${name}Command`);
});

it.each(Object.keys(tables) as Table[])('nobody may do anything with the table %s but ask for items', async (table) => {
  for (const session of sessions) expectAll(await judge(twin.control, session, attemptsOn(table)), 'refused');
});
