import type { RequestContext } from '../../types.ts';
import { invalid } from '../aws-error.ts';
import { type Fields, fieldsList, isFields, list, optionalList, text } from '../fields.ts';
import type { Check, FindTable } from './checks.ts';
import { keyText } from './table.ts';

/** Comments are no tokens: what the engine skips must not be read as a condition here. */
const pattern =
  /\s+|("(?:[^"]|"")*"|'(?:[^']|'')*'|[A-Za-z_][A-Za-z0-9_]*|-?\d+(?:\.\d+)?|\?|<<|>>|<=|>=|<>|[=<>(){}[\],.:*+]|-(?!-))/y;

const tokensOf = (statement: string): readonly string[] => {
  const tokens: string[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < statement.length) {
    const match = pattern.exec(statement);
    if (match === null) throw invalid(`Statement wasn't well formed, can't be processed: ${statement.slice(0, 80)}`);
    if (match[1] !== undefined) tokens.push(match[1]);
  }
  return tokens;
};

const unquoted = (token: string | undefined): string | undefined =>
  token?.startsWith('"') || token?.startsWith("'")
    ? token.slice(1, -1).replaceAll(token.slice(0, 1).repeat(2), token.slice(0, 1))
    : token;

const actions: Readonly<Record<string, string>> = {
  SELECT: 'PartiQLSelect',
  INSERT: 'PartiQLInsert',
  UPDATE: 'PartiQLUpdate',
  DELETE: 'PartiQLDelete',
};

/** The operand at a place: a literal, or the parameter that its question mark stands for. */
const operand = (tokens: readonly string[], at: number, parameters: readonly unknown[]): readonly string[] => {
  const token = tokens[at];
  if (token === '?') return keyText(parameters[tokens.slice(0, at).filter((each) => each === '?').length]);
  return token !== undefined && /^['\d-]/.test(token) ? [unquoted(token) ?? ''] : [];
};

/** What the statement gives the partition key: nothing when OR or NOT leave it open. */
const keysIn = (tokens: readonly string[], key: string, parameters: readonly unknown[]): readonly string[] => {
  const from = tokens.findIndex((token) => ['WHERE', 'VALUE'].includes(token.toUpperCase()));
  const scope = from < 0 ? tokens.length : from;
  if (tokens.slice(scope).some((token) => ['OR', 'NOT'].includes(token.toUpperCase()))) return [];
  return tokens.flatMap((token, at) => {
    if (at < scope || tokens[at - 1] === '.' || unquoted(token) !== key) return [];
    if (tokens[at + 1] === '=' || tokens[at + 1] === ':') return operand(tokens, at + 2, parameters);
    if (tokens[at + 1]?.toUpperCase() !== 'IN') return [];
    const end = tokens.findIndex((each, place) => place > at && (each === ']' || each === ')'));
    return tokens.slice(at + 3, end).flatMap((_, offset) => operand(tokens, at + 3 + offset, parameters));
  });
};

const statementCheck = (statement: Fields, find: FindTable, more: RequestContext): Check => {
  const all = tokensOf(text(statement, 'Statement'));
  // In a transaction a condition is written EXISTS(SELECT …).
  const tokens = all[0]?.toUpperCase() === 'EXISTS' ? all.slice(2, -1) : all;
  const verb = tokens[0]?.toUpperCase() ?? '';
  const action = Object.hasOwn(actions, verb) ? actions[verb] : undefined;
  const place = verb === 'UPDATE' ? 0 : tokens.findIndex((token) => ['FROM', 'INTO'].includes(token.toUpperCase()));
  const name = unquoted(tokens[place + 1]);
  if (action === undefined || place < 0 || name === undefined)
    throw invalid('Unsupported or malformed PartiQL statement.');
  const table = find(name);
  const index = tokens[place + 2] === '.' ? unquoted(tokens[place + 3]) : undefined;
  const key = index === undefined ? table.partitionKey : (table.indexes.get(index) ?? '');
  const keys = keysIn(tokens, key, optionalList(statement, 'Parameters') ?? []);
  const scan = action === 'PartiQLSelect' ? { 'dynamodb:FullTableScan': String(keys.length === 0) } : {};
  const context = { ...(keys.length > 0 ? { 'dynamodb:LeadingKeys': keys } : {}), ...scan, ...more };
  return { action, table, index, context };
};

/**
 * The questions of the PartiQL operations, which have actions of their own; undefined for any other operation.
 * Source: DynamoDB Developer Guide, "IAM security policies with PartiQL for DynamoDB".
 */
export const partiqlChecks = (operation: string, request: Fields, find: FindTable): readonly Check[] | undefined => {
  const enclosing = { 'dynamodb:EnclosingOperation': operation };
  switch (operation) {
    case 'ExecuteStatement':
      return [statementCheck(request, find, {})];
    case 'BatchExecuteStatement':
      return list(request, 'Statements').map((each) => statementCheck(isFields(each) ? each : {}, find, {}));
    case 'ExecuteTransaction':
      return fieldsList(request, 'TransactStatements').map((each) => statementCheck(each, find, enclosing));
    default:
      return undefined;
  }
};
