import type { RequestContext } from '../../types.ts';
import { invalid } from '../aws-error.ts';
import {
  type Fields,
  fieldsList,
  isFields,
  list,
  optionalFields,
  optionalText,
  own,
  subfields,
  text,
} from '../fields.ts';
import { attributesIn, equalityValues } from './expression.ts';
import { keyText, type Table } from './table.ts';

/** One question that a call raises. */
export interface Check {
  /** Without the `dynamodb:` prefix. */
  readonly action: string;
  readonly table: Table;
  readonly index?: string | undefined;
  readonly context: RequestContext;
}

/** Finds a table by the name or ARN a request gives. */
export type FindTable = (nameOrArn: string) => Table;

const expressionFields = [
  'ProjectionExpression',
  'ConditionExpression',
  'FilterExpression',
  'KeyConditionExpression',
  'UpdateExpression',
];
const legacyMaps = ['Expected', 'AttributeUpdates', 'KeyConditions', 'QueryFilter', 'ScanFilter', 'Key', 'Item'];

/** Every top-level attribute that a request names, legacy parameters included. */
const attributesOf = (request: Fields): readonly string[] => {
  const names = optionalFields(request, 'ExpressionAttributeNames') ?? {};
  const inExpressions = expressionFields.flatMap((field) => {
    const expression = optionalText(request, field);
    return expression === undefined ? [] : attributesIn(expression, names);
  });
  const inMaps = legacyMaps.flatMap((field) => Object.keys(optionalFields(request, field) ?? {}));
  const toGet = own(request, 'AttributesToGet');
  const listed = Array.isArray(toGet) ? toGet.filter((name) => typeof name === 'string') : [];
  return [...new Set([...inExpressions, ...inMaps, ...listed])];
};

const selectOf = (request: Fields, index: string | undefined): string => {
  const given = optionalText(request, 'Select');
  if (given !== undefined) return given;
  if (own(request, 'ProjectionExpression') !== undefined || own(request, 'AttributesToGet') !== undefined)
    return 'SPECIFIC_ATTRIBUTES';
  return index === undefined ? 'ALL_ATTRIBUTES' : 'ALL_PROJECTED_ATTRIBUTES';
};

const reads = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);

/** The condition keys of one check; a key without a value is left out, as AWS does. */
const contextOf = (action: string, request: Fields, leadingKeys: readonly string[], more: RequestContext = {}) => {
  const attributes = attributesOf(request);
  const returnValues = optionalText(request, 'ReturnValues');
  const capacity = optionalText(request, 'ReturnConsumedCapacity');
  return {
    ...(leadingKeys.length > 0 ? { 'dynamodb:LeadingKeys': [...new Set(leadingKeys)] } : {}),
    ...(attributes.length > 0 ? { 'dynamodb:Attributes': attributes } : {}),
    ...(reads.has(action) ? { 'dynamodb:Select': selectOf(request, optionalText(request, 'IndexName')) } : {}),
    ...(returnValues === undefined ? {} : { 'dynamodb:ReturnValues': returnValues }),
    ...(capacity === undefined ? {} : { 'dynamodb:ReturnConsumedCapacity': capacity }),
    ...more,
  };
};

/** An operation on one item: the key is in `Key`, of a put in `Item`. */
const itemCheck = (action: string, request: Fields, find: FindTable, more?: RequestContext): Check => {
  const table = find(text(request, 'TableName'));
  const key = subfields(request, action === 'PutItem' ? 'Item' : 'Key');
  return { action, table, context: contextOf(action, request, keyText(own(key, table.partitionKey)), more) };
};

/** A query: on an index its ARN and its partition key count. */
const queryCheck = (request: Fields, find: FindTable): Check => {
  const table = find(text(request, 'TableName'));
  const index = optionalText(request, 'IndexName');
  const key = index === undefined ? table.partitionKey : indexKey(table, index);
  const expression = optionalText(request, 'KeyConditionExpression');
  const names = optionalFields(request, 'ExpressionAttributeNames') ?? {};
  const values = optionalFields(request, 'ExpressionAttributeValues') ?? {};
  const found = [
    ...(expression === undefined ? [] : equalityValues(expression, key, names, values)),
    ...legacyEquality(optionalFields(request, 'KeyConditions') ?? {}, key),
  ];
  return { action: 'Query', table, index, context: contextOf('Query', request, found.flatMap(keyText)) };
};

const indexKey = (table: Table, index: string): string => {
  const key = table.indexes.get(index);
  if (key === undefined) throw invalid(`The table does not have the specified index: ${index}`);
  return key;
};

const legacyEquality = (conditions: Fields, key: string): readonly unknown[] => {
  const condition = own(conditions, key);
  return isFields(condition) && condition.ComparisonOperator === 'EQ' ? list(condition, 'AttributeValueList') : [];
};

const scanCheck = (request: Fields, find: FindTable): Check => {
  const table = find(text(request, 'TableName'));
  const index = optionalText(request, 'IndexName');
  if (index !== undefined) indexKey(table, index);
  return { action: 'Scan', table, index, context: contextOf('Scan', request, []) };
};

/** One check for each table, with the keys of all its items at once. */
const batchChecks = (action: string, request: Fields, find: FindTable): readonly Check[] =>
  Object.entries(subfields(request, 'RequestItems')).map(([name, asked]) => {
    const table = find(name);
    const { items, shared } = action === 'BatchGetItem' ? batchRead(asked) : batchWrite(asked);
    const keys = items.flatMap((item) => keyText(own(item, table.partitionKey)));
    const capacity = optionalText(request, 'ReturnConsumedCapacity');
    const described = { ...shared, ...(capacity === undefined ? {} : { ReturnConsumedCapacity: capacity }) };
    const context = contextOf(action, described, keys);
    const attributes = [...new Set([...attributesOf(shared), ...items.flatMap((item) => Object.keys(item))])];
    // An item without a key must not hide among others: ForAllValues would not see it.
    if (table.exists && items.some((item) => keyText(own(item, table.partitionKey)).length !== 1))
      throw invalid('The provided key element does not match the schema');
    return { action, table, context: { ...context, 'dynamodb:Attributes': attributes } };
  });

const batchRead = (asked: unknown): { items: readonly Fields[]; shared: Fields } => {
  if (!isFields(asked)) throw invalid('RequestItems must hold Keys for each table');
  return { items: fieldsList(asked, 'Keys'), shared: asked };
};

const batchWrite = (asked: unknown): { items: readonly Fields[]; shared: Fields } => {
  if (!Array.isArray(asked)) throw invalid('RequestItems must hold a list for each table');
  const items = asked.map((write: unknown) => {
    const [kind, ...more] = isFields(write) ? Object.keys(write) : [];
    if (!isFields(write) || more.length > 0)
      throw invalid('Supplied write request must have one of PutRequest, DeleteRequest');
    if (kind === 'PutRequest') return subfields(subfields(write, kind), 'Item');
    return subfields(subfields(write, 'DeleteRequest'), 'Key');
  });
  return { items, shared: {} };
};

const transactActions: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** Transactions have no action of their own: each item is checked as what is done to it. */
const transactChecks = (operation: string, request: Fields, find: FindTable): readonly Check[] =>
  fieldsList(request, 'TransactItems').map((item) => {
    const [kind = '', ...more] = Object.keys(item);
    const action = Object.hasOwn(transactActions, kind) ? transactActions[kind] : undefined;
    if (action === undefined || more.length > 0)
      throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
    return itemCheck(action, subfields(item, kind), find, { 'dynamodb:EnclosingOperation': operation });
  });

/**
 * The questions that a data operation raises, as IAM asks them; undefined for any other operation.
 * Source: DynamoDB Developer Guide, "Using IAM policy conditions for fine-grained access control", and the Service
 * Authorization Reference.
 */
export const dataChecks = (operation: string, request: Fields, find: FindTable): readonly Check[] | undefined => {
  switch (operation) {
    case 'GetItem':
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [itemCheck(operation, request, find)];
    case 'Query':
      return [queryCheck(request, find)];
    case 'Scan':
      return [scanCheck(request, find)];
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return batchChecks(operation, request, find);
    case 'TransactGetItems':
    case 'TransactWriteItems':
      return transactChecks(operation, request, find);
    default:
      return undefined;
  }
};
