import type { OperationName } from '../../../lambdas/client.ts';
import { CommandError } from '../../command-error.ts';
import { callApi } from '../../command-line/call-api.ts';
import { type Command, defineCommand } from '../../command-line/command.ts';
import { type Connection, findConnection } from '../../command-line/connection.ts';
import { customerOptions } from '../../command-line/customer-options.ts';
import { describe } from '../../command-line/describe.ts';
import { type Fields, optionsOf } from '../../command-line/fields/field.ts';
import { fieldsOf } from '../../command-line/fields/fields-of.ts';
import { resolveNames } from '../../command-line/fields/resolve-names.ts';
import { optionNamed, saidIn } from '../../command-line/fields/said-in.ts';
import { inPath, operationNamed, pathWords } from '../../command-line/operation-named.ts';
import { readBody } from '../../command-line/read-body.ts';
import { print, printJson } from '../../command-line/say.ts';

type Thing = Readonly<Record<string, unknown>>;

interface Sending {
  readonly name: string;
  readonly operation: OperationName;
  readonly example: string;
  /** What an empty option means: a change takes the field away. */
  readonly isChange?: true;
  /** What is left to do when the API has answered. */
  readonly afterwards?: (answer: Thing, words: Readonly<Record<string, string>>, connection: Connection) => void;
  /** Prints the answer for people, where its fields are not what is to be said. */
  readonly tell?: (answer: Thing) => void;
}

const notesOf = (others: readonly string[], isChange: boolean): string => {
  const more = others.length > 0 ? `: ${others.join(', ')} can be said in no other way` : '';
  return [
    `--from reads the fields as one JSON object${more}. Options go before what the file says.`,
    ...(isChange ? ['What is not said stays as it is. An empty value (--description "") takes a field away.'] : []),
  ].join('\n');
};

const bodyOf = (said: Fields, { from, ...options }: Thing, isChange: boolean): Thing => {
  const file = typeof from === 'string' ? readBody(from) : {};
  const body = { ...file, ...saidIn(said, options, isChange) };
  if (Object.keys(body).length > 0 || !(isChange || said.fields.some(({ isNeeded }) => isNeeded))) return body;
  throw new CommandError('Nothing was said: give a field as an option, or --from. "--help" names them.', 2);
};

/** `create`, `update`, `issue` …: fields of the route's body as options, or a whole body from a file. */
export const send = ({ name, operation: operationName, example, isChange, afterwards, tell }: Sending): Command => {
  const operation = operationNamed(operationName);
  const said = fieldsOf(operation.input.body, 'input');
  return defineCommand({
    name,
    audience: 'customers',
    summary: operation.summary,
    words: pathWords(operation),
    options: {
      ...optionsOf(said),
      from: { type: 'string', value: 'file.json|-', about: 'The fields as JSON; - for standard input' },
      ...(operation.ifMatch && {
        'if-version': { type: 'string', value: 'number', about: 'Only if it still has this version' } as const,
      }),
      ...customerOptions,
    },
    example,
    notes: notesOf(said.others, isChange === true),
    run: async ({ words, options }) => {
      const ifMatch = options['if-version'];
      const given = bodyOf(said, options, isChange === true);
      const connection = findConnection(options.profile);
      const body = await resolveNames(said, given, connection);
      const sent = {
        ...inPath(operation, words),
        body,
        ...(typeof ifMatch === 'string' && { ifMatch: `"${ifMatch}"` }),
      };
      const optionOf = optionNamed(said, options);
      const answer = (await callApi(connection, { operation: operationName, sent, optionOf })).body as Thing;
      if (options.json) printJson(answer);
      else if (tell) tell(answer);
      else print(describe(answer));
      afterwards?.(answer, words, connection);
      return 0;
    },
  });
};
