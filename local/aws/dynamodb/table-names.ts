import { invalid } from '../aws-error.ts';
import { type Fields, fieldsList, isFields, optionalFields, optionalText } from '../fields.ts';
import type { Tables } from './tables.ts';

/** The request with every table ARN turned into a name: AWS takes both, the engine names only. */
export const withTableNames = (input: Fields, tables: Tables): Fields => {
  const named = (request: Fields): Fields => {
    const name = optionalText(request, 'TableName');
    return name?.startsWith('arn:') ? { ...request, TableName: tables.find(name).name } : request;
  };
  const asked = optionalFields(input, 'RequestItems');
  if (asked !== undefined) return { ...input, RequestItems: renamed(asked, tables) };
  if (input.TransactItems === undefined) return named(input);
  const items = fieldsList(input, 'TransactItems').map((item) =>
    Object.fromEntries(Object.entries(item).map(([kind, part]) => [kind, isFields(part) ? named(part) : part])),
  );
  return { ...input, TransactItems: items };
};

const renamed = (asked: Fields, tables: Tables): Fields => {
  const entries = Object.entries(asked).map(([name, part]) => [tables.find(name).name, part] as const);
  const result = Object.fromEntries(entries);
  if (Object.keys(result).length < entries.length) throw invalid('RequestItems names one table twice.');
  return result;
};
