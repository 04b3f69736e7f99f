import type { z } from 'zod';
import type { FieldError } from '../kernel/errors.ts';

type Issue = z.core.$ZodIssue;

/** What a customer sends, in the words of JSON. */
const kinds: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
  record: 'an object',
};
const formats: Readonly<Record<string, string>> = {
  email: 'an email address',
  datetime: 'a time in UTC, such as 2026-11-21T14:05:01Z',
};
const counted: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ['character', 'characters'],
  array: ['element', 'elements'],
};

const amount = (origin: string, number: number | bigint): string => {
  const [one, many] = counted[origin] ?? [];
  const unit = Number(number) === 1 ? one : many;
  return unit ? `${number} ${unit}` : String(number);
};

/** A field name of the caller's, short enough to answer. Cut between characters, never within one. */
export const shownName = (name: PropertyKey): string => [...String(name)].slice(0, 80).join('');

const expectedBy = (issue: Issue): string => {
  // Our own schemas say what they expect; only zod's defaults are put into words here.
  if (issue.message.startsWith('expected ')) return issue.message.slice('expected '.length);
  switch (issue.code) {
    case 'invalid_type': {
      const kind = kinds[issue.expected] ?? issue.expected;
      return issue.message.endsWith('received undefined') ? `${kind}; it is missing` : kind;
    }
    case 'too_small':
      return `at least ${amount(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `at most ${amount(issue.origin, issue.maximum)}`;
    case 'invalid_value':
      return `${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}`;
    case 'invalid_format':
      return formats[issue.format] ?? `the format ${issue.format}`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `one of ${issue.options.join(', ')}`
        : alternatives(issue.errors);
    case 'unrecognized_keys':
      return 'no unknown property';
    case 'invalid_key':
      return expectedOf(issue.issues);
    default:
      return 'a value that the API reference allows';
  }
};

const expectedOf = ([first]: readonly Issue[]): string => (first ? expectedBy(first) : 'another name');

/** One expectation of each member: the first that failed. */
const alternatives = (members: readonly (readonly Issue[])[]): string =>
  [...new Set(members.map(([first]) => first && expectedBy(first)))].filter(Boolean).join('; or ');

/** Of more than these nobody reads. */
const shownErrors = 20;

/** Whole numbers have a bound of JavaScript's, which says nothing where the schema's own bound failed too. */
const isOfLanguage = (issue: Issue): boolean => 'origin' in issue && issue.origin === 'int';

/**
 * The fields a schema refused and what it expected there, one entry a field, never what was sent: `body.links.0.url`,
 * `query.tier`. Twenty of them at most.
 */
export const fieldErrorsOf = (place: string, error: z.ZodError): FieldError[] => {
  const byField = new Map<string, string>();
  const issues = [...error.issues].sort((a, b) => Number(isOfLanguage(a)) - Number(isOfLanguage(b)));
  for (const issue of issues) {
    const field = [place, ...issue.path.map(shownName)].join('.');
    const refused: readonly (readonly [string, string])[] =
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => [`${field}.${shownName(key)}`, 'no such property'])
        : [[field, expectedBy(issue)]];
    for (const [name, expected] of refused) if (!byField.has(name)) byField.set(name, expected);
  }
  return [...byField].slice(0, shownErrors).map(([field, expected]) => ({ field, expected }));
};
