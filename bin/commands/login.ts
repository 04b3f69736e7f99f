import { parseToken } from '../../lambdas/model/token-format.ts';
import { CommandError } from '../command-error.ts';
import { parseApiUrl } from '../command-line/api-url.ts';
import { callApi } from '../command-line/call-api.ts';
import { defineCommand, type Group } from '../command-line/command.ts';
import { customerOptions } from '../command-line/customer-options.ts';
import { readProfiles, writeProfiles } from '../command-line/profile-file.ts';
import { profileName } from '../command-line/profile-name.ts';
import { readSecret } from '../command-line/read-secret.ts';
import { note, print, printJson } from '../command-line/say.ts';
import { twinUrl } from '../command-line/twin-url.ts';

/** The address that was given, that the environment or the profile has, or of the twin that runs here. */
const urlFor = (given: string | undefined, known: string | undefined): string => {
  const { env } = process;
  if (given !== undefined) return parseApiUrl(given, '--url');
  if (env.RINGFENCE_URL) return parseApiUrl(env.RINGFENCE_URL, 'RINGFENCE_URL');
  const url = known ?? twinUrl(env);
  if (url !== undefined) return parseApiUrl(url, 'The address');
  throw new CommandError('Say where the API is: --url https://api.example.com. No twin is running here.', 2);
};

const readToken = async (url: string): Promise<string> => {
  const token = await readSecret(`Token for ${url} (it is not shown): `);
  if (token === '')
    throw new CommandError('No token was given: paste it at the prompt, or send it to standard input.', 2);
  // A mistyped one is found here by its checksum, and not sent anywhere.
  if (!parseToken(token))
    throw new CommandError('That is not a token: expected rfp_ and 77 letters or digits, copied whole.', 2);
  return token;
};

interface Me {
  readonly tenant: string;
  readonly user: string;
  readonly role: string;
}

const command = defineCommand({
  name: '',
  audience: 'customers',
  summary: 'Keep a token for later commands, after the API has accepted it',
  words: [],
  options: {
    url: { type: 'string', value: 'url', about: 'Where the API is (default: as before, or the twin that runs here)' },
    profile: { ...customerOptions.profile, about: 'What to keep it as (default RINGFENCE_PROFILE, or "default")' },
    json: customerOptions.json,
  },
  example: 'ringfence login --url https://api.example.com',
  notes: `The token is asked for and not shown, or read from standard input: ringfence login < token-file. It is never
taken as a word: process lists and the shell's history show those.`,
  run: async ({ options }) => {
    const { env } = process;
    const profile = profileName(options.profile, env);
    const before = readProfiles(env);
    const url = urlFor(options.url, Object.hasOwn(before, profile) ? before[profile]?.url : undefined);
    const token = await readToken(url);
    const me = (await callApi({ url, token }, { operation: 'readMe', sent: {} })).body as Me;
    // Read anew: the prompt may have waited long.
    const path = writeProfiles(env, { ...readProfiles(env), [profile]: { url, token } });
    if (options.json) printJson({ profile, url, ...me });
    else print(`You are ${me.user} of ${me.tenant}, ${me.role}. Profile "${profile}" for ${url} is kept in ${path}.`);
    if (env.RINGFENCE_TOKEN) note('RINGFENCE_TOKEN is set, and goes before it: unset it to use the profile.');
    else if (!options.json) print('\nNext: npx ringfence services list');
    return 0;
  },
});

export const login: Group = { name: 'login', summary: 'Keep a token for later commands', commands: [command] };
