import type { ErrorCode } from '../../kernel/errors.ts';
import { refer, type Write } from '../../kernel/session.ts';
import { type Named, referencesKey } from '../../model/named-item.ts';

type Ids = readonly (string | undefined)[];

/** Something goes from referring to some things to referring to others: each that is new must be there. */
export const referencesChanged = (
  collection: Named,
  before: Ids,
  after: Ids,
  otherwise: ErrorCode,
): readonly Write[] => [
  ...after.flatMap((id) => (id && !before.includes(id) ? [refer(collection, referencesKey(id), 1, otherwise)] : [])),
  // Holds whenever the version of what referred does, which the same transaction checks.
  ...before.flatMap((id) =>
    id && !after.includes(id) ? [refer(collection, referencesKey(id), -1, 'version-mismatch')] : [],
  ),
];
