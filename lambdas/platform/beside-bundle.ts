import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of JSON that was put beside the function's bundle when it was built. */
export const besideBundle = <T>(file: string): T => JSON.parse(readFileSync(join(__dirname, file), 'utf8')) as T;
