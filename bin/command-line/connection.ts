import { CommandError } from '../command-error.ts';
import { parseApiUrl } from './api-url.ts';
import { type Environment, type Profile, readProfiles } from './profile-file.ts';
import { profileName } from './profile-name.ts';
import { twinUrl } from './twin-url.ts';

/** Where a customer's command calls, and with what. */
export interface Connection {
  readonly url: string;
  readonly token: string;
  /** The profile that the token is of; absent where it is the environment's. */
  readonly profile?: string;
}

const ofProfile = (name: string, { url, token }: Profile): Connection => ({
  url: parseApiUrl(url, `The address of profile "${name}"`),
  token,
  profile: name,
});

const ofEnvironment = (env: Environment, name: string): Connection => {
  const url = env.RINGFENCE_URL || readProfiles(env)[name]?.url || twinUrl(env);
  if (!url)
    throw new CommandError('RINGFENCE_TOKEN is set, and nothing says where the API is: set RINGFENCE_URL too.', 2);
  return { url: parseApiUrl(url, 'RINGFENCE_URL'), token: env.RINGFENCE_TOKEN ?? '' };
};

/**
 * `--profile` first, being said for this one call; then `RINGFENCE_TOKEN` with `RINGFENCE_URL`; then the profile. The
 * token of a profile goes to the address it was given for and to no other.
 * @throws CommandError when there is no token, or no address for it
 */
export const findConnection = (given: string | undefined, env: Environment = process.env): Connection => {
  const name = profileName(given, env);
  if (given === undefined && env.RINGFENCE_TOKEN) return ofEnvironment(env, name);
  const profiles = readProfiles(env);
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (!profile) {
    const others = Object.keys(profiles);
    const known = others.length > 0 ? ` There are: ${others.join(', ')}.` : '';
    const option = name === 'default' ? '' : ` --profile ${name}`;
    throw new CommandError(
      `Nobody is signed in as profile "${name}".${known} Sign in with "npx ringfence login${option}", or set RINGFENCE_URL and RINGFENCE_TOKEN.`,
    );
  }
  const connection = ofProfile(name, profile);
  if (given === undefined && env.RINGFENCE_URL && parseApiUrl(env.RINGFENCE_URL, 'RINGFENCE_URL') !== connection.url)
    throw new CommandError(
      `RINGFENCE_URL is ${env.RINGFENCE_URL}, and the token of profile "${name}" is for ${connection.url}: it is sent nowhere else. Set RINGFENCE_TOKEN too, or unset RINGFENCE_URL.`,
      2,
    );
  return connection;
};
