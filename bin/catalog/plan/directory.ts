import { aliasOf } from '../descriptors/alias-of.ts';
import type { AnyDraft, ServiceDraft, TeamDraft } from '../descriptors/drafts.ts';
import { type Reference, referenceText } from '../descriptors/reference.ts';
import type { Stored, TenantCatalog } from '../entries.ts';
import { type DraftSet, placeOf } from './draft-set.ts';
import { standIn } from './stand-in.ts';

/** Found, by its id or stand-in, or why not. */
export type Found = { readonly key: string } | { readonly reason: string };

/** Finds what references lead to: in the files first, then in the tenant. */
export interface Directory {
  team(reference: Reference): Found;
  service(reference: Reference): Found;
  /** What a draft is in the tenant, if it is there. */
  storedOf<D extends TeamDraft | ServiceDraft>(draft: D): Stored<TenantCatalog[D['what']][number]['entry']> | undefined;
  keyOf(draft: TeamDraft | ServiceDraft): string;
}

const byAlias = <E extends { readonly aliases: readonly string[] }>(all: readonly Stored<E>[]) =>
  new Map(all.flatMap((stored) => stored.entry.aliases.map((alias) => [alias, stored] as const)));

const serviceKinds = ['component', 'api', 'resource'];

export const directoryOf = (drafts: DraftSet, tenant: TenantCatalog): Directory => {
  const stored = { team: byAlias(tenant.team), service: byAlias(tenant.service) };
  const keyOf = (draft: TeamDraft | ServiceDraft): string =>
    stored[draft.what].get(draft.alias)?.id ?? standIn(draft.what, draft.alias);

  const inFiles = (reference: Reference, what: 'team' | 'service'): Found | undefined => {
    const text = referenceText(reference);
    const draft: AnyDraft | undefined = drafts.byReference.get(text);
    if (draft?.what === 'team' || draft?.what === 'service')
      return draft.what === what ? { key: keyOf(draft) } : undefined;
    if (draft) return { reason: `names ${text}, which is no ${what}` };
    const refused = drafts.refused.get(text);
    return refused && { reason: `names ${text}, whose document was refused (${placeOf(refused)})` };
  };
  const missing = (reference: Reference, what: string, alias: string): Found => ({
    reason: `names ${referenceText(reference)}: no file describes it, and the tenant has no ${what} with the alias "${alias}"`,
  });

  return {
    keyOf,
    storedOf: (draft) => stored[draft.what].get(draft.alias) as never,
    team: (reference) => {
      if (reference.kind !== 'group')
        return { reason: `names ${referenceText(reference)}: in the catalog only teams own things and hold others` };
      const alias = aliasOf(reference);
      const id = stored.team.get(alias)?.id;
      return inFiles(reference, 'team') ?? (id === undefined ? missing(reference, 'team', alias) : { key: id });
    },
    service: (reference) => {
      if (!serviceKinds.includes(reference.kind))
        return { reason: `names ${referenceText(reference)}: in the catalog services depend on services only` };
      const alias = aliasOf(reference);
      // Whoever made an API or resource by hand need not have given it such an alias.
      const byName = stored.service.get(reference.name);
      const found = stored.service.get(alias) ?? (byName?.entry.kind === reference.kind ? byName : undefined);
      return inFiles(reference, 'service') ?? (found ? { key: found.id } : missing(reference, 'service', alias));
    },
  };
};
