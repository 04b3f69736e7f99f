import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from './profile-file.ts';

interface TwinFile {
  readonly outputs?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Where the API of the twin is that "npm start" runs here; undefined when none does. */
export const twinUrl = (env: Environment): string | undefined => {
  try {
    const file = JSON.parse(readFileSync(join(env.RINGFENCE_DATA || '.ringfence', 'twin.json'), 'utf8')) as TwinFile;
    return Object.values(file.outputs ?? {}).find(({ ApiUrl }) => ApiUrl !== undefined)?.ApiUrl;
  } catch {
    // No file, or none of a twin: there is nothing to be said about it.
    return undefined;
  }
};
