import type { Write } from '../../kernel/session.ts';
import type { Change, Upserted } from '../../kernel/use-case.ts';
import { aliasKey } from '../../model/named-item.ts';
import { asFound } from './as-found.ts';

interface Thing {
  readonly id: string;
  readonly version: number;
}

export const unchanged = ({ id, version }: Thing): Change<Upserted> => ({
  subject: id,
  writes: [],
  body: { outcome: 'unchanged', id, version },
});

/** A race for the name that identifies it is run again: then there is something to replace. */
export const created = ({ id, version }: Thing, writes: readonly Write[], name: string): Change<Upserted> => ({
  subject: id,
  writes: writes.map((write) =>
    write.kind === 'put-new' && write.key === aliasKey(name) ? { ...write, otherwise: 'unavailable' } : write,
  ),
  body: { outcome: 'created', id, version },
  details: { outcome: 'created' },
});

/** Without a version that it must still have, it is replaced as it is found. */
export const replaced = (
  { body, writes, subject, details }: Change<Thing>,
  version: number | undefined,
): Change<Upserted> => ({
  subject,
  writes: asFound(writes, version),
  body: { outcome: 'replaced', id: body.id, version: body.version },
  details: { outcome: 'replaced', ...details },
});
