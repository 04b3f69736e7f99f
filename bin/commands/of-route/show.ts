import type { OperationName } from '../../../lambdas/client.ts';
import { callApi } from '../../command-line/call-api.ts';
import { type Command, defineCommand } from '../../command-line/command.ts';
import { type Connection, findConnection } from '../../command-line/connection.ts';
import { customerOptions } from '../../command-line/customer-options.ts';
import { describe } from '../../command-line/describe.ts';
import { inPath, operationNamed, pathWords } from '../../command-line/operation-named.ts';
import { print, printJson } from '../../command-line/say.ts';

type Thing = Readonly<Record<string, unknown>>;

interface Showing {
  readonly operation: OperationName;
  readonly example: string;
  /** Makes it fit for people. Programs are given it as it is. */
  readonly forPeople?: (thing: Thing, connection: Connection) => Promise<Thing>;
}

/** `show`: one thing, by what its path takes. */
export const show = ({ operation: name, example, forPeople }: Showing): Command => {
  const operation = operationNamed(name);
  return defineCommand({
    name: 'show',
    audience: 'customers',
    summary: operation.summary,
    words: pathWords(operation),
    options: customerOptions,
    example,
    run: async ({ words, options }) => {
      const sent = inPath(operation, words);
      const connection = findConnection(options.profile);
      const thing = (await callApi(connection, { operation: name, sent })).body as Thing;
      if (options.json) printJson(thing);
      else print(describe(forPeople ? await forPeople(thing, connection) : thing));
      return 0;
    },
  });
};
