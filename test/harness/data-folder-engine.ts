import { type Table, tableName, tables } from '../../lambdas/functions.ts';
import { type Engine, startEngine } from '../../local/aws/dynamodb/engine.ts';
import type { World } from '../../local/aws/world.ts';

const world: World = {
  account: '000000000000',
  region: 'us-east-1',
  clock: { now: Date.now, advance: () => {} },
  roles: new Map(),
};

/** Works on the tables in the data folder of a twin that does not run: past every wall. */
export const onEngine = async <T>(dataFolder: string, work: (engine: Engine) => Promise<T>): Promise<T> => {
  const engine = await startEngine(world, dataFolder);
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
};

/** An item as the engine holds it. */
export type Stored = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const scan = async (engine: Engine, TableName: string): Promise<readonly Stored[]> => {
  const items: Stored[] = [];
  for (let from: unknown, more = true; more; ) {
    const page = await engine.call('Scan', { TableName, ...(from ? { ExclusiveStartKey: from } : {}) });
    items.push(...(page.Items as readonly Stored[]));
    from = page.LastEvaluatedKey;
    more = from !== undefined;
  }
  return items;
};

/** Every item of every table, whosever it is. */
export const everything = (dataFolder: string): Promise<ReadonlyMap<Table, readonly Stored[]>> =>
  onEngine(dataFolder, async (engine) => {
    const found = new Map<Table, readonly Stored[]>();
    for (const table of Object.keys(tables) as Table[]) found.set(table, await scan(engine, tableName('local', table)));
    return found;
  });
