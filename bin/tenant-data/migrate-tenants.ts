import { callOperators } from '../call-operators.ts';
import type { OperatorsEndpoint } from '../operators-endpoint.ts';

type Counts = Readonly<Record<string, number>>;
interface Page {
  readonly read: Counts;
  readonly migrated: Counts;
  readonly next?: unknown;
}

/** What became of the items of one tenant. */
export interface Migrated {
  readonly slug: string;
  /** Things looked at, and those that were of an older schema. */
  readonly read: Counts;
  readonly migrated: Counts;
}

const sum = (a: Counts, b: Counts): Counts =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => [key, (a[key] ?? 0) + (b[key] ?? 0)]),
  );

const migrateTenant = async (endpoint: OperatorsEndpoint, slug: string): Promise<Migrated> => {
  let [read, migrated]: readonly [Counts, Counts] = [{}, {}];
  for (let after: unknown, more = true; more; ) {
    const page = await callOperators<Page>(endpoint, {
      command: 'migrate',
      slug,
      ...(after !== undefined && { after }),
    });
    [read, migrated] = [sum(read, page.read), sum(migrated, page.migrated)];
    after = page.next;
    more = after !== undefined;
  }
  return { slug, read, migrated };
};

interface Listed {
  readonly items: readonly {
    readonly slug: string;
    readonly state: string;
    readonly step?: string;
    readonly offboarding?: { readonly erasing?: unknown };
  }[];
  readonly next?: string;
}

/** All tenants that have something to migrate. */
const slugs = async function* (endpoint: OperatorsEndpoint): AsyncGenerator<string> {
  for (let after: string | undefined, more = true; more; ) {
    const page: Listed = await callOperators<Listed>(endpoint, { command: 'list', ...(after && { after }) });
    for (const { slug, state, offboarding } of page.items)
      if (state !== 'offboarded' && !offboarding?.erasing) yield slug;
    after = page.next;
    more = after !== undefined;
  }
};

/** Brings the items of one tenant, or of all, to the newest schema. Safe to repeat, and beside tenants at work. */
export const migrateTenants = async function* (
  endpoint: OperatorsEndpoint,
  slug: string | undefined,
): AsyncGenerator<Migrated> {
  if (slug !== undefined) yield await migrateTenant(endpoint, slug);
  else for await (const each of slugs(endpoint)) yield await migrateTenant(endpoint, each);
};
