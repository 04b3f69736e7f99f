import { asTable } from '../table.ts';

type Thing = Readonly<Record<string, unknown>>;

const label = (property: string): string => property.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null;

/** One line. `{ kind: 'slack', value: '#payments' }` reads best as its values. */
const lineOf = (value: unknown): string =>
  isThing(value) ? Object.values(value).map(lineOf).join(' ') : String(value);

/** Lists of things and pairs have a line for each. */
const linesOf = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.some(isThing) ? value.map(lineOf) : [value.join(', ')].filter(Boolean);
  if (!isThing(value)) return String(value).replaceAll('\t', '  ').split('\n');
  return 'kind' in value ? [lineOf(value)] : Object.entries(value).map(([key, each]) => `${key}=${lineOf(each)}`);
};

/** One thing for people: its fields, and nothing of those that are empty. */
export const describe = (thing: Thing): string => {
  const rows = Object.entries(thing)
    .filter(([, value]) => value !== undefined && value !== '')
    .flatMap(([property, value]) => linesOf(value).map((line, at) => [at === 0 ? label(property) : '', line]));
  return asTable(['', ''], rows).replace(/^\n/, '');
};
