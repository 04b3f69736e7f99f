import { Failure } from '../../../lambdas/kernel/errors.ts';
import { TenantId } from '../../../lambdas/kernel/id.ts';
import type { Item, ListRequest, Position, Seen, TenantSession, Write } from '../../../lambdas/kernel/session.ts';
import { tables } from '../../../lambdas/kernel/tables.ts';

const indexAttributes: Readonly<Record<string, string>> = Object.assign(
  {},
  ...Object.values(tables).map((t) => t.indexes),
);
const matches = (item: Item, seen: Seen) => Object.entries(seen).every(([name, value]) => item[name] === value);
const itemsOf = (write: Write) => `${write.collection}/${write.key}`;

/** A tenant's data in memory, with the meaning that DynamoDB gives to reads and writes. Counts its reads. */
export const memorySession = (tenant = TenantId.parse('ten_AAAAAAAAAAAA')) => {
  let items = new Map<string, Item>();
  const log = { gets: 0, rows: 0, lists: [] as (ListRequest & { readonly collection: string })[] };

  const session: TenantSession = {
    tenant,
    get: async (collection, key) => {
      log.gets += 1;
      return items.get(`${collection}/${key}`);
    },
    getAll: async (keys) => {
      log.gets += 1;
      return keys.map(({ collection, key }) => items.get(`${collection}/${key}`));
    },
    list: async (collection, request) => {
      log.lists.push({ ...request, collection });
      const attribute = request.index && indexAttributes[request.index];
      const partition = `${request.month === undefined ? collection : `${collection}#${request.month}`}/`;
      const rows = [...items]
        .filter(([key]) => key.startsWith(partition))
        .map(([full, item]) => {
          const key = full.slice(partition.length);
          return { item, key, sort: attribute ? item[attribute] : key };
        })
        .filter((row): row is { item: Item; key: string; sort: string } => typeof row.sort === 'string')
        .filter(({ sort }) => request.prefix === undefined || sort.startsWith(request.prefix))
        .filter(({ sort }) => !request.between || (request.between[0] <= sort && sort <= request.between[1]))
        .sort((a, b) => (a.sort < b.sort ? -1 : 1) * (request.newestFirst ? -1 : 1));
      const start = attribute ? request.after?.indexKey : request.after?.key;
      const later = rows.filter(
        ({ sort }) => start === undefined || (request.newestFirst ? sort < start : sort > start),
      );
      const page = later.slice(0, request.limit);
      log.rows += page.length;
      const last = page.at(-1);
      const next: Position | undefined =
        last && page.length === request.limit
          ? { key: last.key, ...(attribute !== undefined && { indexKey: last.sort }) }
          : undefined;
      return {
        items: page.map(({ item }) => item),
        positions: page.map(({ key, sort }) => ({ key, ...(attribute !== undefined && { indexKey: sort }) })),
        ...(next && { next }),
      };
    },
  };

  const holds = (write: Write): boolean => {
    const item = items.get(itemsOf(write));
    if (write.kind === 'put-new') return item === undefined;
    if (write.kind === 'refer') return item !== undefined;
    return item !== undefined && matches(item, write.seen);
  };

  /** All or nothing, as one DynamoDB transaction. */
  const commit = (writes: readonly Write[]): void => {
    expect(new Set(writes.map(itemsOf)).size).toBe(writes.length);
    expect(writes.length).toBeLessThanOrEqual(98);
    const refused = writes.find((write) => !holds(write));
    if (refused) throw new Failure(refused.otherwise);
    const after = new Map(items);
    for (const write of writes) {
      const at = itemsOf(write);
      if (write.kind === 'check') continue;
      if (write.kind === 'remove-if') after.delete(at);
      else if (write.kind === 'refer') {
        const item = after.get(at) ?? {};
        after.set(at, { ...item, references: Number(item.references) + write.by });
      } else after.set(at, write.item);
    }
    items = after;
  };

  return {
    session,
    commit,
    log,
    all: (): ReadonlyMap<string, Item> => items,
    put: (at: string, item: Item) => items.set(at, item),
  };
};
export type MemorySession = ReturnType<typeof memorySession>;
