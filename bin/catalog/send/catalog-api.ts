import type { Client } from '../../../lambdas/client.ts';
import type { Problem } from '../../../lambdas/kernel/errors.ts';
import type { EntryOf, Kind, Stored, TenantCatalog } from '../entries.ts';

/** What became of an element that was sent. */
export interface Answer {
  readonly outcome: 'created' | 'replaced' | 'unchanged' | 'refused';
  readonly id?: string | undefined;
  readonly version?: number | undefined;
  readonly problem?: Pick<Problem, 'code' | 'title' | 'detail' | 'errors'> | undefined;
}

/** What import and export ask of the API. */
export interface CatalogApi {
  /** All of the tenant's catalog. `told` hears how much was read so far. */
  read(told?: (count: number) => void): Promise<TenantCatalog>;
  /** Creates or replaces up to a hundred; one answer for each, in order. */
  upsert(kind: Kind, items: readonly object[]): Promise<readonly Answer[]>;
}

interface Versioned {
  readonly id: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}
interface Page<Item> {
  readonly body: { readonly items: readonly Item[]; readonly next?: string | undefined };
}
type List<Item> = (query: { readonly limit: number; readonly cursor?: string }) => Promise<Page<Item>>;

const asStored = <E extends EntryOf[Kind]>({ id, version, createdAt: _, updatedAt: __, ...entry }: Versioned) =>
  ({ id, version, entry: entry as unknown as E }) satisfies Stored<E>;

const readAll = async <E extends EntryOf[Kind]>(list: List<Versioned>, told: (count: number) => void) => {
  const all: Stored<E>[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await list({ limit: 100, ...(cursor !== undefined && { cursor }) });
    all.push(...body.items.map((item) => asStored<E>(item)));
    told(body.items.length);
    cursor = body.next;
  } while (cursor !== undefined);
  return all;
};

/** The API through its typed client. */
export const catalogApi = (client: Client): CatalogApi => ({
  read: async (told = () => undefined) => {
    let count = 0;
    const more = (by: number): void => {
      count += by;
      told(count);
    };
    return {
      team: await readAll<EntryOf['team']>(client.listTeams, more),
      repository: await readAll<EntryOf['repository']>(client.listRepositories, more),
      service: await readAll<EntryOf['service']>(client.listServices, more),
    };
  },
  upsert: async (kind, items) => {
    // Of the shape that the API checks: its answer names what does not fit.
    const body = { items } as never;
    const operation = {
      team: client.upsertTeams,
      repository: client.upsertRepositories,
      service: client.upsertServices,
    };
    return (await operation[kind]({ body })).body.items as readonly Answer[];
  },
});
