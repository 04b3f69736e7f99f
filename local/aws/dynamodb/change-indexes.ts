import { isDeepStrictEqual } from 'node:util';
import { type Fields, fieldsList, text } from '../fields.ts';
import type { Engine } from './engine.ts';
import { indexShape, keyAttributes } from './table-shape.ts';

/** What an existing table is, and what it is to be: both in the words of the API. */
export interface TableChange {
  readonly name: string;
  readonly there: Fields;
  readonly wanted: Fields;
}

const globalIndexes = (description: Fields): ReadonlyMap<string, Fields> =>
  new Map(fieldsList(description, 'GlobalSecondaryIndexes').map((index) => [text(index, 'IndexName'), index]));

/** The definitions of what is a key of the table or of one of these indexes: DynamoDB refuses any other. */
const definitionsOf = ({ there, wanted }: TableChange, indexes: Iterable<Fields>): readonly Fields[] => {
  const needed = new Set([there, ...fieldsList(there, 'LocalSecondaryIndexes'), ...indexes].flatMap(keyAttributes));
  const known = [...fieldsList(wanted, 'AttributeDefinitions'), ...fieldsList(there, 'AttributeDefinitions')];
  return known.filter(
    ({ AttributeName }, at) =>
      needed.has(String(AttributeName)) && at === known.findIndex((each) => each.AttributeName === AttributeName),
  );
};

/**
 * Makes the global indexes of a table with items those of the template: one at a time, as DynamoDB does, first those
 * that go. The engine fills a new one from the items that are there before it answers, all of it or nothing, so whoever
 * is killed in between goes on with those that are left. Answers with the names of what was added and dropped.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
 */
export const changeIndexes = async (engine: Engine, change: TableChange): Promise<readonly string[]> => {
  const [now, wanted] = [new Map(globalIndexes(change.there)), globalIndexes(change.wanted)];
  const update = (step: Fields) =>
    engine.call('UpdateTable', {
      TableName: change.name,
      AttributeDefinitions: definitionsOf(change, now.values()),
      GlobalSecondaryIndexUpdates: [step],
    });
  const changed: string[] = [];
  for (const [IndexName, index] of [...now]) {
    const kept = wanted.get(IndexName);
    if (kept && isDeepStrictEqual(indexShape(kept), indexShape(index))) continue;
    now.delete(IndexName);
    await update({ Delete: { IndexName } });
    changed.push(`- ${IndexName}`);
  }
  for (const [IndexName, index] of wanted) {
    if (now.has(IndexName)) continue;
    now.set(IndexName, index);
    await update({ Create: index });
    changed.push(`+ ${IndexName}`);
  }
  return changed;
};
