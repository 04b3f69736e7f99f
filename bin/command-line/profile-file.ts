import { randomBytes } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import * as z from 'zod';
import { CommandError } from '../command-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where an API is, and the token for it. */
const Profile = z.strictObject({ url: z.string().min(1), token: z.string().min(1) });
export type Profile = z.output<typeof Profile>;
const Profiles = z.strictObject({ profiles: z.record(z.string(), Profile) });
export type Profiles = Readonly<Record<string, Profile>>;

/** `~/.config/ringfence/profiles.json`. Source: https://specifications.freedesktop.org/basedir-spec/latest/ */
export const profilePath = (env: Environment): string => {
  if (env.RINGFENCE_CONFIG) return env.RINGFENCE_CONFIG;
  const config =
    env.XDG_CONFIG_HOME && isAbsolute(env.XDG_CONFIG_HOME) ? env.XDG_CONFIG_HOME : join(homedir(), '.config');
  return join(config, 'ringfence', 'profiles.json');
};

const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? (error as Error).message;

/** Group or others may read or write it: whoever else uses this machine would have the token. */
const isOpen = (mode: number): boolean => (mode & 0o077) !== 0;

const parse = (path: string, text: string): Profiles => {
  try {
    return Profiles.parse(JSON.parse(text)).profiles;
  } catch {
    throw new CommandError(`${path} is not a file of profiles. Delete it and sign in again: npx ringfence login`);
  }
};

/** All profiles; none where there is no file. @throws CommandError for a file that others may read. */
export const readProfiles = (env: Environment): Profiles => {
  const path = profilePath(env);
  if (!existsSync(path)) return {};
  try {
    const { mode } = statSync(path);
    if (isOpen(mode))
      throw new CommandError(
        `${path} holds tokens and others may read or write it (mode ${(mode & 0o777).toString(8)}). Close it: chmod 600 ${path}. If this machine has other users, revoke its tokens too.`,
      );
    return parse(path, readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${path} cannot be read: ${reasonOf(error)}.`);
  }
};

/** A link stays a link: what it leads to is written. */
const behindLink = (path: string): string =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() && existsSync(path) ? realpathSync(path) : path;

/** Writes all profiles: a reader finds the old file or the new one, and nobody but its owner finds any. */
export const writeProfiles = (env: Environment, profiles: Profiles): string => {
  const path = profilePath(env);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const target = behindLink(path);
    const fresh = `${target}.${randomBytes(6).toString('hex')}`;
    try {
      // `wx`: never into a file, or through a link, that somebody laid there.
      writeFileSync(fresh, `${JSON.stringify({ profiles }, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
      renameSync(fresh, target);
    } finally {
      rmSync(fresh, { force: true });
    }
    return path;
  } catch (error) {
    throw new CommandError(`${path} cannot be written: ${reasonOf(error)}. RINGFENCE_CONFIG names another file.`);
  }
};
