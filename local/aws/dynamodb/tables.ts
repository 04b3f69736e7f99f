import { isDeepStrictEqual } from 'node:util';
import { TwinError } from '../../twin-error.ts';
import { type Fields, fieldsList, subfields, text } from '../fields.ts';
import type { KeyStore } from '../kms/key-store.ts';
import type { Created, Properties, World } from '../world.ts';
import { changeIndexes } from './change-indexes.ts';
import { type Engine, EngineError } from './engine.ts';
import type { Table } from './table.ts';
import { type TableProperties, tableProperties } from './table-properties.ts';
import { tableShape } from './table-shape.ts';

/** The tables of the template, by name. */
export interface Tables {
  all(): readonly Table[];
  /** By name or ARN; one that no table has is answered with `exists` false. */
  find(nameOrArn: string): Table;
  create(properties: Properties): Promise<Created>;
  replace(table: Table): void;
  remove(name: string): void;
}

export const createTables = (world: World, engine: Engine, keys: KeyStore): Tables => {
  const tables = new Map<string, Table>();
  const prefix = `arn:aws:dynamodb:${world.region}:${world.account}:table/`;

  return {
    all: () => [...tables.values()],
    find: (nameOrArn) => {
      const name = nameOrArn.startsWith(prefix) ? nameOrArn.slice(prefix.length) : nameOrArn;
      return tables.get(name) ?? missing(name, name.startsWith('arn:') ? name : prefix + name);
    },
    create: async (properties) => {
      const wanted = tableProperties(properties);
      const keyArn = wanted.keyId === undefined ? undefined : keys.require(wanted.keyId).arn;
      const described = await createOrTakeOver(engine, wanted, keyArn);
      await setTimeToLive(engine, wanted);
      tables.set(wanted.name, tableOf(wanted, prefix + wanted.name, keyArn));
      const stream = described.LatestStreamArn;
      return {
        ref: wanted.name,
        attributes: {
          Arn: prefix + wanted.name,
          TableId: text(described, 'TableId'),
          ...(typeof stream === 'string' ? { StreamArn: stream } : {}),
        },
      };
    },
    replace: (table) => {
      tables.set(table.name, table);
    },
    remove: (name) => {
      tables.delete(name);
    },
  };
};

const missing = (name: string, arn: string): Table => ({
  name,
  arn,
  partitionKey: '',
  indexes: new Map(),
  recovery: false,
  recoveryDays: 35,
  keyNames: [],
  exists: false,
});

const tableOf = (
  { name, create, ttlAttribute, recovery, recoveryDays, policy }: TableProperties,
  arn: string,
  keyArn?: string,
): Table => ({
  name,
  arn,
  partitionKey: partitionKey(create),
  indexes: new Map(indexesOf(create).map((index) => [text(index, 'IndexName'), partitionKey(index)])),
  ...(keyArn === undefined ? {} : { keyArn }),
  ...(policy === undefined ? {} : { policy }),
  ...(ttlAttribute === undefined ? {} : { ttlAttribute }),
  recovery,
  recoveryDays,
  keyNames: fieldsList(create, 'KeySchema').map((key) => text(key, 'AttributeName')),
  exists: true,
});

const partitionKey = (schema: Fields): string => {
  const hash = fieldsList(schema, 'KeySchema').find((key) => key.KeyType === 'HASH');
  return hash === undefined ? '' : text(hash, 'AttributeName');
};

const indexesOf = (description: Fields): readonly Fields[] => [
  ...fieldsList(description, 'GlobalSecondaryIndexes'),
  ...fieldsList(description, 'LocalSecondaryIndexes'),
];

/**
 * A table of this name in the data folder is taken over with its items. Its indexes become those of the template; what
 * DynamoDB changes of no table stops the start.
 */
const createOrTakeOver = async (
  engine: Engine,
  { name, create }: TableProperties,
  keyArn?: string,
): Promise<Fields> => {
  const existing = await describe(engine, name);
  if (existing === undefined) {
    const encryption = keyArn === undefined ? {} : { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn };
    const input = keyArn === undefined ? create : { ...create, SSESpecification: encryption };
    return subfields(await engine.call('CreateTable', input), 'TableDescription');
  }
  const [there, wanted] = [tableShape(existing), tableShape(create)];
  const differs = Object.keys(wanted).find((part) => !isDeepStrictEqual(there[part], wanted[part]));
  if (differs !== undefined)
    throw new TwinError(
      `Table ${name} in the data folder has ${differs} ${JSON.stringify(there[differs])}, the template wants ${JSON.stringify(wanted[differs])}.`,
      'That cannot be changed of a table with items: empty the data folder and start again.',
    );
  await changeIndexes(engine, { name, there: existing, wanted: create });
  const protection = create.DeletionProtectionEnabled === true;
  if (existing.DeletionProtectionEnabled !== protection)
    await engine.call('UpdateTable', { TableName: name, DeletionProtectionEnabled: protection });
  return existing;
};

const describe = async (engine: Engine, name: string): Promise<Fields | undefined> => {
  try {
    return subfields(await engine.call('DescribeTable', { TableName: name }), 'Table');
  } catch (error) {
    if (error instanceof EngineError && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
};

const setTimeToLive = async (engine: Engine, { name, ttlAttribute }: TableProperties): Promise<void> => {
  const { TimeToLiveDescription } = await engine.call('DescribeTimeToLive', { TableName: name });
  const now = TimeToLiveDescription as Fields | undefined;
  const current = now?.TimeToLiveStatus === 'ENABLED' ? String(now.AttributeName) : undefined;
  if (current === ttlAttribute) return;
  const set = (AttributeName: string, Enabled: boolean) =>
    engine.call('UpdateTimeToLive', { TableName: name, TimeToLiveSpecification: { AttributeName, Enabled } });
  if (current !== undefined) await set(current, false);
  if (ttlAttribute !== undefined) await set(ttlAttribute, true);
};
