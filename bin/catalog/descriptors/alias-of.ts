import type { Reference } from './reference.ts';

/** Services of three kinds share one set of aliases: what is not a component carries its kind. */
const prefixes: Readonly<Record<string, string>> = { api: 'api.', resource: 'resource.' };

const prefixOf = ({ kind, namespace }: Omit<Reference, 'name'>): { readonly space: string; readonly kind: string } => ({
  space: namespace === 'default' ? '' : `${namespace}.`,
  kind: prefixes[kind] ?? '',
});

/** The alias of what a descriptor describes: `checkout`, `api.orders`, `emea.checkout`. */
export const aliasOf = (reference: Reference): string => {
  const { space, kind } = prefixOf(reference);
  const name = reference.name.toLowerCase();
  return `${space}${name.startsWith(kind) ? '' : kind}${name}`;
};

/** The shortest name that has this alias, if one has. */
export const nameOf = (alias: string, at: Omit<Reference, 'name'>): string | undefined => {
  const { space, kind } = prefixOf(at);
  const full = `${space}${kind}`;
  const name = alias.slice(full.length);
  return alias.startsWith(full) && name !== '' && aliasOf({ ...at, name }) === alias ? name : undefined;
};
