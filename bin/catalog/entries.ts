/**
 * What the API takes and gives, without what it adds. References are ids, or, while something is yet to be created,
 * stand-ins for the id it will have (`plan/stand-in.ts`).
 */
export interface ContactEntry {
  readonly kind: 'email' | 'slack' | 'url' | 'phone';
  readonly value: string;
  readonly purpose?: string | undefined;
}

interface Described {
  readonly name: string;
  readonly description?: string | undefined;
}

export type AnnotationEntries = Readonly<Record<string, string>>;

export interface TeamEntry extends Described {
  readonly aliases: readonly string[];
  readonly type: string;
  readonly parent?: string | undefined;
  readonly members: readonly string[];
  readonly responsibilities: readonly string[];
  readonly contacts: readonly ContactEntry[];
  readonly annotations: AnnotationEntries;
}

export interface RepositoryEntry extends Described {
  readonly url: string;
  readonly owner?: string | undefined;
  readonly language?: string | undefined;
  readonly archived: boolean;
}

export interface LinkEntry {
  readonly title: string;
  readonly url: string;
}

export interface ServiceEntry extends Described {
  readonly aliases: readonly string[];
  readonly kind: 'component' | 'api' | 'resource';
  readonly type: string;
  readonly tier: number;
  readonly lifecycle: 'experimental' | 'production' | 'deprecated' | 'retired';
  readonly language?: string | undefined;
  readonly framework?: string | undefined;
  readonly owner?: string | undefined;
  readonly system?: string | undefined;
  readonly domain?: string | undefined;
  readonly dependencies: readonly string[];
  readonly repositories: readonly string[];
  readonly onCall?: ContactEntry | undefined;
  readonly tags: readonly string[];
  readonly links: readonly LinkEntry[];
  readonly annotations: AnnotationEntries;
}

export interface EntryOf {
  readonly team: TeamEntry;
  readonly repository: RepositoryEntry;
  readonly service: ServiceEntry;
}
export type Kind = keyof EntryOf;

/** As it is in the tenant. */
export interface Stored<Entry> {
  readonly id: string;
  readonly version: number;
  readonly entry: Entry;
}

/** All of a tenant's catalog. */
export type TenantCatalog = { readonly [K in Kind]: readonly Stored<EntryOf[K]>[] };
