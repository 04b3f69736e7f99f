import { readFileSync } from 'node:fs';
import { CommandError } from '../command-error.ts';

/** What the API takes at most; a larger file is not read to its end for nothing. */
const most = 65_536;

/** A body from a file, or from standard input for `-`. @throws CommandError with exit code 2 for what is no JSON object */
export const readBody = (from: string): Readonly<Record<string, unknown>> => {
  const name = from === '-' ? 'Standard input' : from;
  const refuse = (why: string): never => {
    throw new CommandError(`${name} ${why}`, 2);
  };
  let text: string;
  try {
    text = readFileSync(from === '-' ? 0 : from, 'utf8');
  } catch (error) {
    return refuse(`cannot be read: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}.`);
  }
  if (Buffer.byteLength(text) > most) refuse(`is too large: the API takes at most ${most.toLocaleString('en')} bytes.`);
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch (error) {
    return refuse(`is no JSON: ${(error as Error).message.replace(/\.?$/, '.')}`);
  }
  return refuse('is no JSON object: expected the fields of one thing, such as {"name":"Checkout"}.');
};
