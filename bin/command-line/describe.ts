import { asTable } from '../table.ts';

const label = (property: string): string => property.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  // `{ kind: 'slack', value: '#payments' }` reads best as its values.
  return Object.values(value).map(textOf).join(' ');
};

const isNothing = (value: unknown): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** One thing for people: its fields, one a line; of a list of objects each on a line of its own. */
export const describe = (thing: Readonly<Record<string, unknown>>): string => {
  const rows = Object.entries(thing)
    .filter(([, value]) => !isNothing(value))
    .flatMap(([property, value]) => {
      const isList = Array.isArray(value) && typeof value[0] === 'object';
      const lines = isList ? value.map(textOf) : textOf(value).split('\n');
      return lines.map((line, at) => [at === 0 ? label(property) : '', line.replaceAll('\t', '  ')]);
    });
  return asTable(['', ''], rows).replace(/^\n/, '');
};
