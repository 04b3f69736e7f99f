import type { Scanner } from '../scanner.ts';

type Step =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'any-field' }
  | { readonly kind: 'any-element' };

/** Where a value is in a JSON object: `$.users[0].name`. */
export type Selector = readonly Step[];

/**
 * Reads a selector. A name with a dot stands in brackets: `$.['cluster.name']`. Refuses more than one wildcard.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export const parseSelector = (scanner: Scanner): Selector => {
  const whole = scanner.expect(
    /\$(?:\.?\[(?:'[^']+'|"[^"]+"|\d+|\*)\]|\.(?:\*|[\w-]+))+/y,
    'a selector, such as $.field',
  );
  const steps = [...whole.matchAll(/\[(?:'([^']+)'|"([^"]+)"|(\d+)|(\*))\]|\.(?:(\*)|([\w-]+))/g)].map(stepOf);
  if (wildcardsIn(steps) > 1) scanner.refuse('a selector has one wildcard at most');
  return steps;
};

const stepOf = ([, single, double, index, anyElement, anyField, name]: RegExpMatchArray): Step => {
  if (index !== undefined) return { kind: 'index', index: Number(index) };
  if (anyElement !== undefined) return { kind: 'any-element' };
  if (anyField !== undefined) return { kind: 'any-field' };
  return { kind: 'key', key: single ?? double ?? name ?? '' };
};

export const wildcardsIn = (selector: Selector): number =>
  selector.filter(({ kind }) => kind === 'any-field' || kind === 'any-element').length;

/** The values it points at: none where there is no such field, several behind a wildcard. Own fields only. */
export const select = (value: unknown, selector: Selector): readonly unknown[] => {
  let found: readonly unknown[] = [value];
  for (const step of selector) found = found.flatMap((each) => walk(each, step));
  return found;
};

const walk = (value: unknown, step: Step): readonly unknown[] => {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    if (step.kind === 'any-element') return value;
    return step.kind === 'index' && step.index < value.length ? [value[step.index]] : [];
  }
  if (step.kind === 'any-field') return Object.values(value);
  if (step.kind !== 'key' || !Object.hasOwn(value, step.key)) return [];
  return [(value as Readonly<Record<string, unknown>>)[step.key]];
};
