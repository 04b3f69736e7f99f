import { parseToken } from '../../lambdas/model/token-format.ts';
import type { Group } from '../command-line/command.ts';
import type { Connection } from '../command-line/connection.ts';
import { harmless } from '../command-line/harmless.ts';
import { readProfiles, writeProfiles } from '../command-line/profile-file.ts';
import { note, print } from '../command-line/say.ts';
import { list } from './of-route/list.ts';
import { remove } from './of-route/remove.ts';
import { send } from './of-route/send.ts';

/** The token alone on standard output, so that a program can be handed it; what is to be said of it beside. */
const tellToken = ({ id, name, role, expiresAt, token }: Readonly<Record<string, unknown>>): void => {
  note(`${id} "${harmless(String(name))}", ${role}, until ${expiresAt}. It is shown this once:`);
  print(String(token));
};

/** Whoever rotates the token that a profile has would be locked out when the old one ends: the profile has the new one. */
const keepInProfile = (
  { token }: Readonly<Record<string, unknown>>,
  words: Readonly<Record<string, string>>,
  { url, profile, token: old }: Connection,
): void => {
  if (profile === undefined || parseToken(old)?.credential !== words['token id'] || typeof token !== 'string') return;
  writeProfiles(process.env, { ...readProfiles(process.env), [profile]: { url, token } });
  note(`Profile "${profile}" has the new token.`);
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
    send({
      name: 'rotate',
      operation: 'rotateToken',
      example: 'ringfence tokens rotate tok_hwhGtmYizGd7fdLv --overlap-seconds 3600',
      afterwards: keepInProfile,
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
