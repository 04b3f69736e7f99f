import { CommandError } from '../command-error.ts';
import type { Environment } from './profile-file.ts';

/** The profile that is meant: of `--profile`, of the environment, or `default`. @throws CommandError with exit code 2 */
export const profileName = (given: string | undefined, env: Environment): string => {
  const name = given ?? (env.RINGFENCE_PROFILE || 'default');
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name))
    throw new CommandError(
      `The profile is named "${name}": expected letters, digits and . _ - with a letter or digit first, at most 63.`,
      2,
    );
  return name;
};
