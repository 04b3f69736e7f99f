import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isObject, type JsonObject } from './json.ts';

/** File assets of a stack: the S3 object key its template names → the file or folder the assembly holds. */
export const assetsOf = (
  directory: string,
  stackId: string,
  readJson: (file: string) => JsonObject,
): ReadonlyMap<string, string> => {
  const manifest = join(directory, `${stackId}.assets.json`);
  const files = existsSync(manifest) ? readJson(manifest).files : {};
  return new Map(Object.values(isObject(files) ? files : {}).flatMap((file) => placesOf(directory, file)));
};

const placesOf = (directory: string, file: unknown): readonly (readonly [string, string])[] => {
  if (!isObject(file) || !isObject(file.source) || !isObject(file.destinations)) return [];
  const path = resolve(directory, String(file.source.path));
  return Object.values(file.destinations).flatMap((destination) =>
    isObject(destination) && typeof destination.objectKey === 'string' ? [[destination.objectKey, path] as const] : [],
  );
};
