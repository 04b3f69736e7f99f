import type { Write } from '../../kernel/session.ts';

/**
 * Where the caller names no version that a thing must still have, a change beside theirs is no reason to refuse: theirs
 * is carried out anew, on what is there then.
 */
export const asFound = (writes: readonly Write[], version: number | undefined): readonly Write[] =>
  version === undefined
    ? writes.map((write) => (write.otherwise === 'version-mismatch' ? { ...write, otherwise: 'unavailable' } : write))
    : writes;
