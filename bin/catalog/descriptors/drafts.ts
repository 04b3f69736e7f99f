import type { AnnotationEntries, ContactEntry, RepositoryEntry, ServiceEntry, TeamEntry } from '../entries.ts';
import type { Path } from '../read/parsed-document.ts';
import type { Reference } from './reference.ts';

/** Where a draft comes from. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  /** As the descriptor writes it: `Component`. */
  readonly kind: string;
  readonly reference: Reference;
  readonly lineOf: (path: Path) => number;
}

/** A reference, and the field that it stands in. */
export interface Pointer {
  readonly reference: Reference;
  readonly path: Path;
}

interface Draft<What extends string> {
  readonly what: What;
  readonly origin: Origin;
}

interface NamedDraft<What extends string, Entry> extends Draft<What> {
  readonly alias: string;
  /** Its name, when nothing else gives it one. */
  readonly plainName: string;
  /** The fields that the descriptor speaks of; all others stay as they are in the tenant. */
  readonly says: Partial<Entry>;
  readonly annotations: AnnotationEntries;
}

export interface TeamDraft extends NamedDraft<'team', Omit<TeamEntry, 'parent' | 'members' | 'annotations'>> {
  /** Contacts that have a field of their own in a descriptor: the first of that kind and purpose. */
  readonly contacts: readonly ContactEntry[];
  readonly parent?: Pointer | undefined;
  readonly children: readonly Pointer[];
  readonly members?: readonly Pointer[] | undefined;
}

export interface UserDraft extends Draft<'user'> {
  readonly email?: string | undefined;
  readonly teams: readonly Pointer[];
}

export interface SystemDraft extends Draft<'system'> {
  readonly domain?: Reference | undefined;
}

export type DomainDraft = Draft<'domain'>;

export interface RepositoryLink {
  readonly name: string;
  readonly url: string;
}

export interface ServiceDraft
  extends NamedDraft<
    'service',
    Omit<ServiceEntry, 'owner' | 'system' | 'dependencies' | 'repositories' | 'annotations' | 'kind'>
  > {
  readonly kind: ServiceEntry['kind'];
  readonly owner?: Pointer | undefined;
  readonly system?: Reference | undefined;
  /** What it names itself; undefined when it names none. */
  readonly dependencies?: readonly Pointer[] | undefined;
  /** What it says of others: that they need it, or, of APIs, that it provides them. */
  readonly dependants: readonly Pointer[];
  readonly repositories?: readonly RepositoryLink[] | undefined;
}

export interface RepositoryDraft extends Draft<'repository'> {
  readonly url: string;
  readonly plainName: string;
  readonly says: Partial<Omit<RepositoryEntry, 'url' | 'owner'>>;
  readonly owner?: Pointer | undefined;
}

export type AnyDraft = TeamDraft | UserDraft | SystemDraft | DomainDraft | ServiceDraft | RepositoryDraft;
