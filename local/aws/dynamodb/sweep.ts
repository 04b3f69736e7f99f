import { type Fields, fieldsList, isFields } from '../fields.ts';
import type { World } from '../world.ts';
import { type Engine, EngineError } from './engine.ts';
import type { Swept } from './swept.ts';
import type { Table } from './table.ts';
import type { Tables } from './tables.ts';

const fiveYearsSeconds = 5 * 365 * 24 * 3600;
const pageItems = 500;

export interface Sweep {
  /** Every table to its end; the number of deleted items. */
  all(): Promise<number>;
  /** One page of each table, going on where the last call stopped: a large table never holds up the engine. */
  some(): Promise<number>;
}

/**
 * Deletes items whose TTL has passed by the twin's clock; the engine never does. AWS deletes within days, ignores what
 * expired more than five years ago, and never deletes an item whose time was moved meanwhile.
 * Source: DynamoDB Developer Guide, "Using time to live".
 */
export const createSweep = (world: World, engine: Engine, tables: Tables, swept: Swept): Sweep => {
  const places = new Map<string, unknown>();

  const page = async (table: Table, attribute: string, from: unknown) => {
    const now = Math.floor(world.clock.now() / 1000);
    const condition = {
      ExpressionAttributeNames: { '#ttl': attribute },
      ExpressionAttributeValues: { ':now': { N: String(now) }, ':floor': { N: String(now - fiveYearsSeconds) } },
    };
    const expired = '#ttl < :now AND #ttl > :floor';
    const found = await engine.call('Scan', {
      TableName: table.name,
      FilterExpression: expired,
      Limit: pageItems,
      ...condition,
      ...(isFields(from) ? { ExclusiveStartKey: from } : {}),
    });
    let deleted = 0;
    for (const item of fieldsList(found, 'Items')) {
      const Key = Object.fromEntries(table.keyNames.map((name) => [name, item[name]]));
      // Before it is done, so that a reader of the stream never sees the deletion first.
      swept.remember(table.name, Key, Date.now());
      if (await remove({ TableName: table.name, Key, ConditionExpression: expired, ...condition })) deleted += 1;
      else swept.forget(table.name, Key);
    }
    return { deleted, next: found.LastEvaluatedKey };
  };

  const remove = async (input: Fields): Promise<boolean> => {
    try {
      await engine.call('DeleteItem', input);
      return true;
    } catch (error) {
      if (error instanceof EngineError && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  };

  const timed = () =>
    tables.all().flatMap((table) => (table.ttlAttribute ? [[table, table.ttlAttribute] as const] : []));

  return {
    all: async () => {
      let total = 0;
      for (const [table, attribute] of timed()) {
        let next: unknown;
        do {
          const result = await page(table, attribute, next);
          total += result.deleted;
          next = result.next;
        } while (next !== undefined);
      }
      return total;
    },
    some: async () => {
      let total = 0;
      for (const [table, attribute] of timed()) {
        const result = await page(table, attribute, places.get(table.name));
        places.set(table.name, result.next);
        total += result.deleted;
      }
      return total;
    },
  };
};
