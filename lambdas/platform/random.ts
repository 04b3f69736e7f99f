import { randomBytes as nodeRandomBytes, randomInt } from 'node:crypto';
import type { NewId } from '../kernel/id.ts';
import { type IdKind, idLengths } from '../kernel/id-kinds.ts';
import { base62 } from '../model/base62.ts';

/** `length` unbiased base62 characters from the system's generator. */
export const randomWord = (length: number): string =>
  Array.from({ length }, () => base62[randomInt(base62.length)]).join('');

export const newId = ((kind: IdKind) => `${kind}_${randomWord(idLengths[kind])}`) as NewId;

export const randomBytes = (length: number): Uint8Array => nodeRandomBytes(length);
