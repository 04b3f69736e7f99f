import type { Group } from '../command-line/command.ts';
import { harmless } from '../command-line/harmless.ts';
import { note, print } from '../command-line/say.ts';
import { list } from './of-route/list.ts';
import { remove } from './of-route/remove.ts';
import { send } from './of-route/send.ts';

/** The token alone on standard output, so that a program can be handed it; what is to be said of it beside. */
const tellToken = ({ id, name, role, expiresAt, token }: Readonly<Record<string, unknown>>): void => {
  note(`${id} "${harmless(String(name))}", ${role}, until ${expiresAt}. It is shown this once:`);
  print(String(token));
};

export const tokens: Group = {
  name: 'tokens',
  summary: 'API tokens of the tenant',
  commands: [
    list({
      operation: 'listTokens',
      what: 'tokens',
      columns: [
        ['id', 'whole'],
        ['name', 'cut'],
        ['role', 'whole'],
        ['state', 'whole'],
        ['expiresAt', 'whole'],
        ['lastUsedAt', 'whole'],
      ],
      example: 'ringfence tokens list',
    }),
    send({
      name: 'issue',
      operation: 'issueToken',
      example: 'ringfence tokens issue --name ci --role member --expires-in-days 30',
      tell: tellToken,
    }),
    remove({
      name: 'revoke',
      done: 'revoked',
      operation: 'revokeToken',
      example: 'ringfence tokens revoke tok_hwhGtmYizGd7fdLv',
    }),
  ],
};
