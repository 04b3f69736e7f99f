import type { OperationName } from '../../../lambdas/client.ts';
import { CommandError } from '../../command-error.ts';
import { callApi } from '../../command-line/call-api.ts';
import { type Command, defineCommand } from '../../command-line/command.ts';
import { findConnection } from '../../command-line/connection.ts';
import { customerOptions } from '../../command-line/customer-options.ts';
import { fieldsOf, optionNamed, optionsOf, saidIn } from '../../command-line/fields.ts';
import { type Column, listTable } from '../../command-line/list-table.ts';
import { inPath, operationNamed, pathWords } from '../../command-line/operation-named.ts';
import { pages } from '../../command-line/pages.ts';
import { note, print, printJson } from '../../command-line/say.ts';

interface Listing {
  readonly operation: OperationName;
  readonly columns: readonly Column[];
  readonly example: string;
  /** What there is none of: `services`. */
  readonly what: string;
}

/** Elements that the API gives in one page. */
const largest = 100;

const readLimit = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(given))
    throw new CommandError(`--limit is "${given}": expected a whole number from 1.`, 2);
  return Number(given);
};

/** `list`: the filters of the route are its options, and its pages are walked. */
export const list = ({ operation: name, columns, example, what }: Listing): Command => {
  const operation = operationNamed(name);
  const all = fieldsOf(operation.input.query, 'output').fields;
  const filters = { fields: all.filter(({ property }) => property !== 'limit' && property !== 'cursor') };
  return defineCommand({
    name: 'list',
    audience: 'customers',
    summary: operation.summary,
    words: pathWords(operation),
    options: {
      ...optionsOf(filters),
      limit: { type: 'string', value: 'number', about: 'At most so many (default all)' },
      ...customerOptions,
    },
    example,
    run: async ({ words, options }) => {
      const limit = readLimit(options.limit as string | undefined);
      const connection = findConnection(options.profile);
      const sent = { ...inPath(operation, words), ...saidIn(filters, options) };
      const optionOf = optionNamed(filters, options);
      const ask = async (cursor: string | undefined, limit: number): Promise<unknown> => {
        const page = { ...sent, limit, ...(cursor !== undefined && { cursor }) };
        return (await callApi(connection, { operation: name, sent: page, optionOf })).body;
      };
      const items: unknown[] = [];
      for await (const page of pages(ask, largest, limit)) items.push(...page);
      if (options.json) printJson(items);
      else if (items.length > 0) print(listTable(columns, items));
      else note(`No ${what}.`);
      return 0;
    },
  });
};
