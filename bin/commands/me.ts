import { callApi } from '../command-line/call-api.ts';
import { defineCommand, type Group } from '../command-line/command.ts';
import { findConnection } from '../command-line/connection.ts';
import { customerOptions } from '../command-line/customer-options.ts';
import { describe } from '../command-line/describe.ts';
import { print, printJson } from '../command-line/say.ts';

const command = defineCommand({
  name: '',
  audience: 'customers',
  summary: 'Who you are to the API, and what you may do',
  words: [],
  options: customerOptions,
  example: 'ringfence me',
  run: async ({ options }) => {
    const connection = findConnection(options.profile);
    const me = (await callApi(connection, { operation: 'readMe', sent: {} })).body as Readonly<Record<string, unknown>>;
    const { url, profile } = connection;
    const from = profile === undefined ? 'RINGFENCE_TOKEN' : `profile "${profile}"`;
    if (options.json) printJson(me);
    else print(describe({ ...me, api: url, tokenOf: from }));
    return 0;
  },
});

export const me: Group = { name: 'me', summary: 'Who you are to the API, and what you may do', commands: [command] };
