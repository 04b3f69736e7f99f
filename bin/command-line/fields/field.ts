import type { Option, Options } from '../command.ts';

/** How the value of an option is read: `slack:#payments` is a contact, `key=value` one of several pairs. */
export type Kind = 'text' | 'number' | 'boolean' | 'contact' | 'pairs';

/** A field of a body or query that an option can say. */
export interface Field {
  readonly property: string;
  /** Name of its option: `on-call` for `onCall`, `alias` for each of `aliases`. */
  readonly name: string;
  readonly kind: Kind;
  readonly isList: boolean;
  readonly isNeeded: boolean;
  /** `team` where its value is the id of one. */
  readonly refersTo?: string;
  readonly option: Option;
}

export interface Fields {
  readonly fields: readonly Field[];
  /** Properties that no option can say. */
  readonly others: readonly string[];
}

export const optionsOf = ({ fields }: Pick<Fields, 'fields'>): Options =>
  Object.fromEntries(fields.map(({ name, option }) => [name, option]));

/** Without the fields of these properties. */
export const without = ({ fields, others }: Fields, ...properties: readonly string[]): Fields => ({
  fields: fields.filter(({ property }) => !properties.includes(property)),
  others,
});
