import { type Fields, fieldsList, optionalFields } from '../fields.ts';

const sorted = (values: readonly unknown[]): readonly string[] => values.map((value) => JSON.stringify(value)).sort();

const keySchema = (description: Fields): readonly unknown[] =>
  fieldsList(description, 'KeySchema').map((key) => [key.AttributeName, key.KeyType]);

/** The names of the attributes that are the key of a table or index. */
export const keyAttributes = (description: Fields): readonly string[] =>
  fieldsList(description, 'KeySchema').map((key) => String(key.AttributeName));

/** What makes two indexes the same. */
export const indexShape = (index: Fields): readonly unknown[] => {
  const projection = optionalFields(index, 'Projection');
  return [
    index.IndexName,
    keySchema(index),
    projection?.ProjectionType ?? 'ALL',
    [...((projection?.NonKeyAttributes as readonly string[] | undefined) ?? [])].sort(),
  ];
};

/** The types of the attributes that are keys of the table itself: those of its indexes come and go with them. */
const keyTypes = (description: Fields): readonly string[] => {
  const keys = [description, ...fieldsList(description, 'LocalSecondaryIndexes')].flatMap(keyAttributes);
  const own = fieldsList(description, 'AttributeDefinitions').filter((each) =>
    keys.includes(String(each.AttributeName)),
  );
  return sorted(own.map((each) => [each.AttributeName, each.AttributeType]));
};

/** What can never change of a table, in an order of its own. Its global indexes can. */
export const tableShape = (description: Fields): Readonly<Record<string, unknown>> => ({
  'key schema': keySchema(description),
  'attribute definitions': keyTypes(description),
  'local indexes': sorted(fieldsList(description, 'LocalSecondaryIndexes').map(indexShape)),
  'stream view': optionalFields(description, 'StreamSpecification')?.StreamViewType ?? 'none',
});
