import type { OperationName } from '../../../lambdas/client.ts';
import { CommandError } from '../../command-error.ts';
import { callApi } from '../../command-line/call-api.ts';
import { type Command, defineCommand } from '../../command-line/command.ts';
import { type Connection, findConnection } from '../../command-line/connection.ts';
import { customerOptions } from '../../command-line/customer-options.ts';
import { optionsOf, without } from '../../command-line/fields/field.ts';
import { fieldsOf } from '../../command-line/fields/fields-of.ts';
import { resolveNames } from '../../command-line/fields/resolve-names.ts';
import { optionNamed, saidIn } from '../../command-line/fields/said-in.ts';
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
  /** Makes elements fit for people. Programs are given them as they are. */
  readonly forPeople?: (items: readonly unknown[], connection: Connection) => Promise<readonly unknown[]>;
}

/** Elements that the API gives in one page. */
const largest = 100;

const readLimit = (given: string | undefined): number | undefined => {
  if (given === undefined || /^[1-9]\d{0,8}$/.test(given)) return given === undefined ? undefined : Number(given);
  throw new CommandError(`--limit is "${given}": expected a whole number from 1.`, 2);
};

/** `list`: the filters of the route are its options, and its pages are walked. */
export const list = ({ operation: name, columns, example, what, forPeople }: Listing): Command => {
  const operation = operationNamed(name);
  const filters = without(fieldsOf(operation.input.query, 'output'), 'limit', 'cursor');
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
      const said = await resolveNames(filters, saidIn(filters, options), connection);
      const optionOf = optionNamed(filters, options);
      const ask = async (cursor: string | undefined, most: number): Promise<unknown> => {
        const sent = { ...inPath(operation, words), ...said, limit: most, ...(cursor !== undefined && { cursor }) };
        return (await callApi(connection, { operation: name, sent, optionOf })).body;
      };
      const items: unknown[] = [];
      for await (const page of pages(ask, largest, limit)) items.push(...page);
      if (options.json) printJson(items);
      else if (items.length === 0) note(`No ${what}.`);
      else print(listTable(columns, forPeople ? await forPeople(items, connection) : items));
      return 0;
    },
  });
};
