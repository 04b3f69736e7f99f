import { aliasOf } from '../descriptors/alias-of.ts';
import { own } from '../descriptors/annotations.ts';
import type { AnyDraft } from '../descriptors/drafts.ts';
import { slug } from '../descriptors/slug.ts';

/**
 * A team or service whose name another document has before it, under the name that its title gives it: catalogs that
 * were put together from several sources describe different things under one name. Undefined where its title gives none.
 */
export const renamed = (draft: AnyDraft, first: AnyDraft): AnyDraft | undefined => {
  if ((draft.what !== 'team' && draft.what !== 'service') || first.what !== draft.what) return undefined;
  const title = draft.says.name;
  if (title === undefined || title === first.says.name) return undefined;
  const reference = { ...draft.origin.reference, name: slug(title, '') };
  const alias = aliasOf(reference);
  if (reference.name === '' || alias.length > 63) return undefined;
  const { [own.name]: _, ...annotations } = draft.annotations;
  return { ...draft, alias, annotations, origin: { ...draft.origin, reference } };
};
