import * as z from 'zod';
import { Instant } from '../kernel/instant.ts';
import { toIso } from '../kernel/use-case.ts';

/** What every thing has that can be replaced. */
export const versioned = {
  version: z.int().min(1),
  createdAt: Instant,
  updatedAt: Instant,
};
interface Versioned {
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const firstVersion = <Id, Input extends object>(id: Id, input: Input, nowMs: number) => ({
  ...input,
  id,
  version: 1,
  createdAt: toIso(nowMs),
  updatedAt: toIso(nowMs),
});

/** Every replacement is a new version, also one with the same content: versions count replacements, not differences. */
export const nextVersion = <Id, Input extends object>(
  before: Versioned & { readonly id: Id },
  input: Input,
  nowMs: number,
) => ({
  ...input,
  id: before.id,
  version: before.version + 1,
  createdAt: before.createdAt,
  updatedAt: toIso(nowMs),
});
