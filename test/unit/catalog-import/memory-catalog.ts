import type { EntryOf, Kind, Stored, TenantCatalog } from '../../../bin/catalog/entries.ts';
import type { Answer, CatalogApi } from '../../../bin/catalog/send/catalog-api.ts';
import { problemOf } from '../../../lambdas/kernel/errors.ts';
import { fieldErrorsOf } from '../../../lambdas/model/field-errors.ts';
import { RepositoryInput } from '../../../lambdas/model/repository.ts';
import { ServiceInput } from '../../../lambdas/model/service.ts';
import { TeamInput } from '../../../lambdas/model/team.ts';

type Entry = EntryOf[Kind];
const inputs = { team: TeamInput, repository: RepositoryInput, service: ServiceInput };
const prefixes = { team: 'team', repository: 'repo', service: 'svc' };

export interface MemoryCatalog extends CatalogApi {
  readonly calls: { kind: Kind; items: readonly object[] }[];
  /** Puts something there by hand, and answers its id. */
  put<K extends Kind>(kind: K, entry: EntryOf[K]): string;
  state(): TenantCatalog;
}

const isSame = (kind: Kind, entry: Entry, other: Entry): boolean =>
  kind === 'repository'
    ? (entry as EntryOf['repository']).url === (other as EntryOf['repository']).url
    : (entry as EntryOf['team']).aliases.includes((other as EntryOf['team']).aliases[0] ?? '');

/** A tenant's catalog in memory, which takes and refuses what the API does. */
export const memoryCatalog = (first = 1): MemoryCatalog => {
  const all = { team: [], repository: [], service: [] } as { [K in Kind]: Stored<EntryOf[K]>[] };
  const calls: MemoryCatalog['calls'] = [];
  let count = first;
  const put = (kind: Kind, entry: Entry): string => {
    const id = `${prefixes[kind]}_${String(count++).padStart(16, '0')}`;
    (all[kind] as Stored<Entry>[]).push({ id, version: 1, entry });
    return id;
  };
  const refused = (code: Parameters<typeof problemOf>[0], errors?: Parameters<typeof problemOf>[1]): Answer => ({
    outcome: 'refused',
    problem: problemOf(code, errors),
  });
  const one = (kind: Kind, { version, ...item }: { version?: number }): Answer => {
    const parsed = inputs[kind].safeParse(item);
    if (!parsed.success) return refused('invalid-request', fieldErrorsOf('body', parsed.error));
    const entry = parsed.data as unknown as Entry;
    const list = all[kind] as Stored<Entry>[];
    const at = list.findIndex((stored) => isSame(kind, stored.entry, entry));
    const before = list[at];
    if (version !== undefined && before?.version !== version) return refused('version-mismatch');
    if (!before) return { outcome: 'created', id: put(kind, entry), version: 1 };
    if (JSON.stringify(before.entry) === JSON.stringify(entry))
      return { outcome: 'unchanged', id: before.id, version: before.version };
    list[at] = { ...before, version: before.version + 1, entry };
    return { outcome: 'replaced', id: before.id, version: before.version + 1 };
  };
  return {
    calls,
    put,
    state: () => all,
    read: async () => JSON.parse(JSON.stringify(all)) as TenantCatalog,
    upsert: async (kind, items) => {
      calls.push({ kind, items });
      return items.map((item) => one(kind, item));
    },
  };
};
