import { CommandError } from '../command-error.ts';
import { defineCommand, type Group } from '../command-line/command.ts';
import { customerOptions } from '../command-line/customer-options.ts';
import { readProfiles, writeProfiles } from '../command-line/profile-file.ts';
import { profileName } from '../command-line/profile-name.ts';
import { print, printJson } from '../command-line/say.ts';

const command = defineCommand({
  name: '',
  audience: 'customers',
  summary: 'Forget the token of a profile',
  words: [],
  options: {
    profile: { ...customerOptions.profile, about: 'Which to forget (default RINGFENCE_PROFILE, or "default")' },
    json: customerOptions.json,
  },
  example: 'ringfence logout --profile staging',
  notes: 'The token itself lives on: "ringfence tokens revoke" ends it.',
  run: async ({ options }) => {
    const profile = profileName(options.profile, process.env);
    const before = readProfiles(process.env);
    if (!Object.hasOwn(before, profile)) throw new CommandError(`Nobody is signed in as profile "${profile}".`);
    const { [profile]: _, ...rest } = before;
    const path = writeProfiles(process.env, rest);
    if (options.json) printJson({ profile });
    else print(`Profile "${profile}" is gone from ${path}. Its token lives on until it is revoked or expires.`);
    return 0;
  },
});

export const logout: Group = { name: 'logout', summary: 'Forget it', commands: [command] };
