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
const nameOf = (alias: string, at: Omit<Reference, 'name'>): string | undefined => {
  const { space, kind } = prefixOf(at);
  const full = `${space}${kind}`;
  const name = alias.slice(full.length);
  return alias.startsWith(full) && name !== '' && aliasOf({ ...at, name }) === alias ? name : undefined;
};

/** The name that an alias has when nothing says another: where no name has that alias, the alias itself. */
export const plainName = (alias: string, at: Omit<Reference, 'name'>): string => nameOf(alias, at) ?? alias;

/** The same with a number, for where another has the name. */
export const numberedName = (name: string, number: number): string => `${name.slice(0, 56)}-${number}`;

/** Whether a name is no more than its alias tells. */
export const isPlainName = (name: string, alias: string, at: Omit<Reference, 'name'>): boolean => {
  const plain = plainName(alias, at);
  const [, number] = /-(\d{1,6})$/.exec(name) ?? [];
  return name === plain || (aliasOf({ ...at, name }) !== alias && name === numberedName(plain, Number(number)));
};
