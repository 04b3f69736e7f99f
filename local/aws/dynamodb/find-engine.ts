import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { TwinError } from '../../twin-error.ts';

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The engine's npm package for this platform, else `dynoxide` on PATH. Throws one line that says what to install. */
export const findEngine = (env: NodeJS.ProcessEnv = process.env): string => {
  const platform = `${process.platform}-${process.arch}`;
  const candidates = [
    packaged(`@dynoxide/${platform}`),
    ...(env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'dynoxide')),
  ];
  const found = candidates.find((path) => path !== undefined && existsSync(path) && isExecutable(path));
  if (found !== undefined) return found;
  throw new TwinError(
    `No DynamoDB engine for ${platform}.`,
    `Run 'npm install --no-save @dynoxide/${platform}', put a 'dynoxide' binary on PATH, or set DYNAMODB_ENDPOINT to the address of a running DynamoDB Local.`,
  );
};

const packaged = (name: string): string | undefined => {
  try {
    return join(
      dirname(createRequire(join(import.meta.dirname, 'here.js')).resolve(`${name}/package.json`)),
      'dynoxide',
    );
  } catch {
    return undefined;
  }
};
