import { ServiceId, TeamId } from '../../kernel/id.ts';
import type { Item, Position, TenantSession } from '../../kernel/session.ts';
import { isSortKeyOf } from '../../model/fold.ts';
import type { Service } from '../../model/service.ts';
import { begins, matches, type ServiceFilter } from './service-filter.ts';
import type { Source } from './service-plan.ts';
import type { ServicePage } from './services.ts';

export interface Walk {
  readonly session: TenantSession;
  readonly sources: readonly Source[];
  readonly filter: ServiceFilter;
  readonly limit: number;
  readonly fromItem: (item: Item) => Service;
}

/** A page looks at no more than this many times what was asked for, however little of it fits the filter. */
export const lookedAtMost = 10;
/** Read at once, where not all that is read is expected to fit. */
const chunk = 100;
/** A page ends behind the service with which it has this many bytes: Lambda answers 6 MB at most. */
const bytesMost = 2_000_000;

interface Row {
  readonly service: Service | undefined;
  readonly position: Position;
}

/** Whether a list can have stopped there, walking this source. */
const isIn = ({ index, prefix }: Source, { key, indexKey }: Position): boolean =>
  index
    ? ServiceId.safeParse(key).success && isSortKeyOf(indexKey, prefix, key)
    : indexKey === undefined && key.startsWith(prefix);

/** In the services of a team, whichever it is. */
const isOfTeam = (position: Position): boolean => {
  const [team = ''] = (position.indexKey ?? '').split('#');
  return TeamId.safeParse(team).success && isIn({ index: 'by-owner', prefix: `${team}#` }, position);
};

/** A list over several teams may have stopped in one that is not among them any more. */
export const isServicePosition =
  (sources: readonly Source[]) =>
  (position: Position): boolean =>
    sources.some((source) => isIn(source, position)) || (sources[0]?.index === 'by-owner' && isOfTeam(position));

/** What is still to be walked. Where the list stopped in a team that is gone from it, it goes on with the next. */
const remaining = (sources: readonly Source[], from: Position): readonly Source[] => {
  const at = sources.findIndex((source) => isIn(source, from));
  return at >= 0 ? sources.slice(at) : sources.filter(({ prefix }) => prefix > (from.indexKey ?? ''));
};

/**
 * An alias that begins as asked brings its service, unless the name does too, which has brought it before; of several
 * such aliases the first alone.
 */
const isBroughtBy = (alias: string, { name, aliases }: Service, q: string): boolean =>
  !begins(name, q) && aliases.filter((each) => begins(each, q)).sort()[0] === alias;

const rowsOf = async (
  { session, filter, fromItem }: Walk,
  source: Source,
  page: Awaited<ReturnType<TenantSession['list']>>,
): Promise<readonly Row[]> => {
  const row = (item: Item | undefined, at: number): readonly Row[] => {
    const position = page.positions[at];
    return position ? [{ service: item && fromItem(item), position }] : [];
  };
  if (source.index) return page.items.flatMap(row);
  const found = await session.getAll(
    page.items.map(({ target }) => ({ collection: 'services', key: String(target) })),
    'eventual',
  );
  return found.flatMap(row).map(({ service, position }) => {
    const isAlias = source.prefix.startsWith('alias#');
    const isKept = service && (!isAlias || isBroughtBy(position.key.slice('alias#'.length), service, filter.q ?? ''));
    return { service: isKept ? service : undefined, position };
  });
};

/** Whether the keys of a source say all that the filter does. */
const isExact = (filter: ServiceFilter, { prefix }: Source): boolean => {
  const conditions = Object.values(filter).filter((value) => value !== undefined).length;
  return conditions === 0 || (conditions === 1 && prefix !== '');
};

/** How many keys to read next: what is still wanted where all of it will fit, and otherwise more, in few calls. */
const countNext = ({ filter, limit }: Walk, source: Source, found: number): number => {
  if (!isExact(filter, source)) return chunk;
  // Many an alias begins as the name of its service does, and brings nothing.
  return source.index || !filter.q ? limit - found : limit;
};

/** From a position, or the start, until the page is full or enough was looked at. */
export const walkServices = async (walk: Walk, from: Position | undefined): Promise<ServicePage> => {
  const { session, sources, filter, limit } = walk;
  const items: Service[] = [];
  const walked = from ? remaining(sources, from) : sources;
  let after = from && walked[0] && isIn(walked[0], from) ? from : undefined;
  let left = limit * lookedAtMost;
  let bytes = 0;
  for (const source of walked) {
    do {
      const { index, prefix, isReversed } = source;
      const page = await session.list('services', {
        ...(index && { index }),
        ...(prefix && { prefix }),
        ...(isReversed && { newestFirst: true }),
        limit: Math.min(left, countNext(walk, source, items.length)),
        ...(after && { after }),
      });
      for (const { service, position } of await rowsOf(walk, source, page)) {
        left -= 1;
        after = position;
        if (service && matches(filter, service)) {
          items.push(service);
          bytes += Buffer.byteLength(JSON.stringify(service));
        }
        const isFull = items.length === limit || left === 0 || bytes >= bytesMost;
        const isEnd = !page.next && source === sources.at(-1) && position === page.positions.at(-1);
        if (isFull) return { items, ...(!isEnd && { next: position }) };
      }
      after = page.next;
    } while (after);
  }
  return { items };
};
