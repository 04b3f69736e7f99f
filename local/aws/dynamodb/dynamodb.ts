import type { ServiceAnswer } from '../../types.ts';
import type { Gate, Question } from '../authorization.ts';
import { AwsError } from '../aws-error.ts';
import { type Fields, isFields } from '../fields.ts';
import type { KeyStore } from '../kms/key-store.ts';
import { jsonProtocol } from '../protocol.ts';
import type { Service, ServiceCall, Work } from '../service.ts';
import type { Created, Properties, World } from '../world.ts';
import { type Check, dataChecks } from './checks.ts';
import { controlPlane, controlTable } from './control-plane.ts';
import { type Engine, startEngine } from './engine.ts';
import { partiqlChecks } from './partiql.ts';
import { createSweep } from './sweep.ts';
import { createSwept } from './swept.ts';
import type { Table } from './table.ts';
import { tableKeyQuestion } from './table-key.ts';
import { withTableNames } from './table-names.ts';
import { createTables, type Tables } from './tables.ts';

export interface DynamoDb {
  readonly service: Service;
  createTable(properties: Properties): Promise<Created>;
  engine(operation: string, input: Fields): Promise<Fields>;
  sweepExpired(): Promise<number>;
  wasSwept(table: string, key: Fields, second: number): boolean;
  streamQuestions(streamArn: string): readonly Question[];
  close(): Promise<void>;
}

const sweepEveryMs = 5000;
const commonErrors =
  /^(AccessDenied|UnrecognizedClient|UnknownOperation|ExpiredToken|InvalidSignature|IncompleteSignature|MissingAuthenticationToken|Serialization)/;

/** `__type` prefixes as DynamoDB writes them. */
const errorPrefix = (code: string): string => {
  if (code === 'ValidationException') return 'com.amazon.coral.validate#';
  return commonErrors.test(code) ? 'com.amazon.coral.service#' : 'com.amazonaws.dynamodb.v20120810#';
};

/** DynamoDB: a real engine behind a front that authorizes every operation as IAM does. */
export const startDynamoDb = async (world: World, folder: string, keys: KeyStore): Promise<DynamoDb> => {
  const engine = await startEngine(world, folder);
  const tables = createTables(world, engine, keys);
  const swept = createSwept();
  const sweep = createSweep(world, engine, tables, swept);
  let sweeping = Promise.resolve(0);
  const sweepSome = () => {
    sweeping = sweeping.then(sweep.some).catch(() => 0);
  };
  const timer = setInterval(sweepSome, sweepEveryMs);
  timer.unref();

  return {
    service: {
      name: 'dynamodb',
      protocol: jsonProtocol('DynamoDB_20120810', '1.0', errorPrefix),
      throttled: () =>
        new AwsError(
          'ProvisionedThroughputExceededException',
          'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
        ),
      authorize: (call) => authorizeCall(call, world, engine, tables, keys),
    },
    createTable: tables.create,
    engine: engine.call,
    sweepExpired: sweep.all,
    wasSwept: swept.has,
    streamQuestions: (streamArn) => streamQuestions(streamArn, world, tables, keys),
    close: async () => {
      clearInterval(timer);
      await sweeping;
      await engine.close();
    },
  };
};

const authorizeCall = (call: ServiceCall, world: World, engine: Engine, tables: Tables, keys: KeyStore): Work => {
  const { operation, input, gate } = call;
  const checks = dataChecks(operation, input, tables.find) ?? partiqlChecks(operation, input, tables.find);
  if (checks === undefined) return authorizeControl(call, engine, tables);
  for (const check of checks) askFor(check, gate);
  // The table's key is used for the caller, who must be allowed that too, once for each table.
  for (const table of new Set(checks.map((check) => check.table))) {
    if (table.keyArn !== undefined) gate(tableKeyQuestion(table, keys.require(table.keyArn), world));
  }
  return async () => {
    const missing = checks.find(({ table }) => !table.exists);
    if (missing !== undefined) throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
    // Written anew from what was checked: the engine sees exactly what was authorized, duplicate JSON keys included.
    const request = { ReturnConsumedCapacity: 'TOTAL', ...withTableNames(input, tables) };
    const answer = await engine.forward(operation, JSON.stringify(request));
    return withUnits(answer, input.ReturnConsumedCapacity !== undefined);
  };
};

const policyOf = ({ name, policy }: Table) =>
  policy ? { name: `resource policy of ${name}`, document: policy } : undefined;

const askFor = ({ action, table, index, context }: Check, gate: Gate): void => {
  const resource = index === undefined ? table.arn : `${table.arn}/index/${index}`;
  gate({ action: `dynamodb:${action}`, resource, context, policy: policyOf(table) });
};

/** What reading a stream takes: Lambda asks all four, and the table's key.
 *  Source: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
const streamQuestions = (streamArn: string, world: World, tables: Tables, keys: KeyStore): readonly Question[] => {
  const table = tables.find(streamArn.replace(/\/stream\/.*$/, ''));
  return [
    ...['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((name) => ({
      action: `dynamodb:${name}`,
      resource: streamArn,
    })),
    ...(table.keyArn === undefined ? [] : [tableKeyQuestion(table, keys.require(table.keyArn), world)]),
  ];
};

const authorizeControl = ({ operation, input, gate }: ServiceCall, engine: Engine, tables: Tables): Work => {
  const table = controlTable(input, tables);
  gate({ action: `dynamodb:${operation}`, resource: table?.arn ?? '*', policy: table && policyOf(table) });
  return () => controlPlane(engine, tables)(operation, input, table);
};

/** The answer with the sum of its capacity units, for the journal; the caller sees them only when it asked. */
const withUnits = (answer: ServiceAnswer, wasAsked: boolean): ServiceAnswer => {
  if (answer.status !== 200) return answer;
  const { ConsumedCapacity, ...rest }: Fields = JSON.parse(answer.body.toString());
  const parts = Array.isArray(ConsumedCapacity) ? ConsumedCapacity : [ConsumedCapacity];
  const units = parts.filter(isFields).reduce((sum, part) => sum + Number(part.CapacityUnits ?? 0), 0);
  return { ...answer, ...(wasAsked ? {} : { body: JSON.stringify(rest) }), units };
};
