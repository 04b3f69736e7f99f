import type { OperationName } from '../../../lambdas/client.ts';
import { callApi } from '../../command-line/call-api.ts';
import { type Command, defineCommand } from '../../command-line/command.ts';
import { findConnection } from '../../command-line/connection.ts';
import { customerOptions } from '../../command-line/customer-options.ts';
import { describe } from '../../command-line/describe.ts';
import { inPath, operationNamed, pathWords } from '../../command-line/operation-named.ts';
import { print, printJson } from '../../command-line/say.ts';

interface Showing {
  readonly operation: OperationName;
  readonly example: string;
}

/** `show`: one thing, by what its path takes. */
export const show = ({ operation: name, example }: Showing): Command => {
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
      const { body } = await callApi(findConnection(options.profile), { operation: name, sent });
      if (options.json) printJson(body);
      else print(describe(body as Readonly<Record<string, unknown>>));
      return 0;
    },
  });
};
