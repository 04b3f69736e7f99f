import type { ServiceAnswer } from '../../types.ts';
import { AwsError, invalid, notBuilt } from '../aws-error.ts';
import { type Fields, optionalNumber, optionalText, subfields, text } from '../fields.ts';
import { jsonAnswer } from '../protocol.ts';
import type { Engine } from './engine.ts';
import type { Table } from './table.ts';
import type { Tables } from './tables.ts';

type Operation = (input: Fields, table: Table) => ServiceAnswer | Promise<ServiceAnswer>;

const answer = (value: Fields): ServiceAnswer => jsonAnswer(value, '1.0');

/** The table that a control operation is about; undefined when it is about none, or about all. */
export const controlTable = (input: Fields, tables: Tables): Table | undefined => {
  const named = optionalText(input, 'TableName') ?? optionalText(input, 'ResourceArn');
  return named === undefined ? undefined : tables.find(named);
};

const needed = (table: Table | undefined, input: Fields): Table => {
  if (table === undefined) throw invalid('TableName must not be null');
  if (table.exists) return table;
  const name = optionalText(input, 'TableName') ?? table.name;
  throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
};

const backups = (table: Table): Fields => ({
  ContinuousBackupsDescription: {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: table.recovery ? 'ENABLED' : 'DISABLED',
      ...(table.recovery ? { RecoveryPeriodInDays: table.recoveryDays } : {}),
    },
  },
});

/** A page of names, as ListTables gives them. */
const listTables = (input: Fields, tables: Tables): ServiceAnswer => {
  const after = optionalText(input, 'ExclusiveStartTableName') ?? '';
  const limit = optionalNumber(input, 'Limit') ?? 100;
  const names = tables
    .all()
    .map(({ name }) => name)
    .sort()
    .filter((name) => name > after);
  const TableNames = names.slice(0, limit);
  return answer({ TableNames, ...(names.length > limit ? { LastEvaluatedTableName: TableNames.at(-1) } : {}) });
};

/**
 * The control operations that the twin has; any other is authorized like the rest and then refused as unknown. Point in
 * time recovery is remembered, not performed: the engine has none.
 */
export const controlPlane = (engine: Engine, tables: Tables) => {
  const passed = async (operation: string, input: Fields, table: Table): Promise<ServiceAnswer> =>
    engine.translated(await engine.forward(operation, JSON.stringify({ ...input, TableName: table.name })));

  const operations: Readonly<Record<string, Operation>> = {
    DescribeTable: (input, table) => passed('DescribeTable', input, table),
    DescribeTimeToLive: (input, table) => passed('DescribeTimeToLive', input, table),
    UpdateTimeToLive: async (input, table) => {
      const result = await passed('UpdateTimeToLive', input, table);
      const { ttlAttribute: _, ...rest } = table;
      const wanted = subfields(input, 'TimeToLiveSpecification');
      const on = wanted.Enabled === true ? { ttlAttribute: text(wanted, 'AttributeName') } : {};
      if (result.status === 200) tables.replace({ ...rest, ...on });
      return result;
    },
    DescribeContinuousBackups: (_, table) => answer(backups(table)),
    UpdateContinuousBackups: (input, table) => {
      const wanted = subfields(input, 'PointInTimeRecoverySpecification');
      const recoveryDays = optionalNumber(wanted, 'RecoveryPeriodInDays') ?? table.recoveryDays;
      const updated = { ...table, recovery: wanted.PointInTimeRecoveryEnabled === true, recoveryDays };
      tables.replace(updated);
      return answer(backups(updated));
    },
    DeleteTable: async (input, table) => {
      const result = await passed('DeleteTable', input, table);
      if (result.status === 200) tables.remove(table.name);
      return result;
    },
    ListTagsOfResource: async (_, table) => answer(await engine.call('ListTagsOfResource', { ResourceArn: table.arn })),
  };

  return (operation: string, input: Fields, table: Table | undefined): ServiceAnswer | Promise<ServiceAnswer> => {
    if (operation === 'ListTables') return listTables(input, tables);
    const known = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (known === undefined) throw notBuilt('DynamoDB', operation);
    return known(input, needed(table, input));
  };
};
