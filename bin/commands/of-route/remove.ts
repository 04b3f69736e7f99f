import type { OperationName } from '../../../lambdas/client.ts';
import { askYes } from '../../command-line/ask-yes.ts';
import { callApi } from '../../command-line/call-api.ts';
import { type Command, defineCommand } from '../../command-line/command.ts';
import { findConnection } from '../../command-line/connection.ts';
import { customerOptions } from '../../command-line/customer-options.ts';
import { inPath, operationNamed, pathWords } from '../../command-line/operation-named.ts';
import { print, printJson } from '../../command-line/say.ts';

interface Removing {
  /** `delete`, `revoke` */
  readonly name: string;
  /** `deleted`, `revoked` */
  readonly done: string;
  readonly operation: OperationName;
  readonly example: string;
}

/** `delete`, `revoke`: asks before it does. */
export const remove = ({ name, done, operation: operationName, example }: Removing): Command => {
  const operation = operationNamed(operationName);
  return defineCommand({
    name,
    audience: 'customers',
    summary: operation.summary,
    words: pathWords(operation),
    options: {
      yes: { type: 'boolean', default: false, about: 'Do not ask' },
      ...(operation.ifMatch && {
        'if-version': { type: 'string', value: 'number', about: 'Only if it still has this version' } as const,
      }),
      ...customerOptions,
    },
    example,
    run: async ({ words, options }) => {
      const connection = findConnection(options.profile);
      const ifMatch = options['if-version'];
      const sent = { ...inPath(operation, words), ...(typeof ifMatch === 'string' && { ifMatch: `"${ifMatch}"` }) };
      const [what = ''] = Object.values(words);
      const verb = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      await askYes(`${verb} ${what}? This cannot be undone.`, options.yes);
      await callApi(connection, { operation: operationName, sent });
      if (options.json) printJson({ [done]: what });
      else print(`${what} is ${done}.`);
      return 0;
    },
  });
};
