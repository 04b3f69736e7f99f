/**
 * The five tables and the collections in them. A tenant item's partition key is `<tenant id>#<collection>`, of every
 * index too: IAM sees partition keys only, and by these words it tells collections apart.
 */
export const tables = {
  /** Credentials and people. */
  identity: { collections: ['tokens', 'users'], indexes: {} },
  /** The customer's data. */
  records: {
    collections: ['services', 'teams', 'repositories', 'deploys', 'idempotency'],
    indexes: {
      'by-owner': 'ownerKey',
      'by-tier': 'tierKey',
      'by-lifecycle': 'lifecycleKey',
      'by-type': 'typeKey',
      'by-language': 'languageKey',
      'by-system': 'systemKey',
      'by-name': 'nameKey',
      'by-updated': 'updatedKey',
      'by-parent': 'parentKey',
    },
  },
  /** What the platform decides about a tenant. */
  control: { collections: ['status', 'data-keys'], indexes: {} },
  /** Append-only events. Partitioned by month: `<tenant id>#audit#2026-11`. */
  audit: { collections: ['audit'], indexes: { 'by-subject': 'subjectKey' } },
  /** The platform's own, no tenant data. Partition key `platform#<collection>`. */
  operations: { collections: ['tenants', 'incidents', 'archive'], indexes: {} },
} as const satisfies Record<string, TableSpec>;

interface TableSpec {
  readonly collections: readonly string[];
  /** Index name → its sort attribute. The partition attribute of every index is `pk`. */
  readonly indexes: Readonly<Record<string, string>>;
}

export type Table = keyof typeof tables;
export type Collection = (typeof tables)[Table]['collections'][number];
/** What tenants have; the rest is the platform's own. */
export type TenantCollection = (typeof tables)[Exclude<Table, 'operations'>]['collections'][number];
/** What goes when a tenant does. Nothing takes an audit event away but the end of its retention. */
export type ErasedCollection = Exclude<TenantCollection, 'audit'>;

/** In the order in which they are deleted: who may call comes first, the data keys come last. */
export const erasedCollections: readonly ErasedCollection[] = Object.entries(tables).flatMap(
  ([table, { collections }]) =>
    table === 'audit' || table === 'operations' ? [] : (collections as readonly ErasedCollection[]),
);

export type IndexName = { [T in Table]: keyof (typeof tables)[T]['indexes'] }[Table];

/**
 * What code may do with a collection. `read`: get and query. `add`: put new items. `change`: read, put and delete.
 * `refer`: count a reference to an item, so that it cannot be removed while referred to. `check`: make a change depend on
 * an item as it is. `stamp`: set `lastUsedAt` and nothing else. `remove`: query and delete.
 */
export type Access = 'read' | 'add' | 'change' | 'refer' | 'check' | 'stamp' | 'remove';
export type Touches = Readonly<Partial<Record<Collection, Access | readonly Access[]>>>;

/** The table that holds a collection. */
export const tableOf = (collection: Collection): Table => {
  for (const [table, spec] of Object.entries(tables) as [Table, TableSpec][]) {
    if (spec.collections.includes(collection)) return table;
  }
  throw new Error(`No table holds the collection "${collection}". Add it in lambdas/kernel/tables.ts.`);
};

/** The name of a table on AWS. Stages live in separate accounts; the stage in the name makes a mistake visible. */
export const tableName = (stage: string, table: Table): string => `ringfence-${stage}-${table}`;
