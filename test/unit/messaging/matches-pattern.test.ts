import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { matchesPattern } from '../../../local/messaging/events/matches-pattern.ts';
import { parsePattern } from '../../../local/messaging/events/parse-pattern.ts';
import type { JsonObject } from '../../../local/template/json.ts';

/** A documented rule of event patterns, with an event that shows it. */
interface Case {
  readonly name: string;
  readonly rule: string;
  /** The page of AWS that states it. */
  readonly source: string;
  readonly pattern: JsonObject;
  readonly event: JsonObject;
  readonly matches: boolean;
}

const {
  cases,
  refused,
}: {
  readonly cases: readonly Case[];
  readonly refused: readonly { readonly name: string; readonly pattern: unknown; readonly says: string }[];
} = JSON.parse(readFileSync(join(import.meta.dirname, 'event-patterns.json'), 'utf8'));

it.each(cases)('$name: $matches', ({ pattern, event, matches }) => {
  expect(matchesPattern(pattern, event)).toBe(matches);
});

it.each(refused)('refuses $name, and says what is wrong', ({ pattern, says }) => {
  expect(() => parsePattern(pattern)).toThrow(says);
});

it('has at least 40 cases, each under a name of its own, with the page that states it', () => {
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  expect(cases.length).toBeGreaterThanOrEqual(40);
  const page = /^https:\/\/docs\.aws\.amazon\.com\/eventbridge\/.+\.html$/;
  expect(cases.filter(({ rule, source }) => !rule.endsWith('.') || !page.test(source))).toEqual([]);
});

it('does not take what every object has for a field of the event', () => {
  expect(matchesPattern({ constructor: [{ exists: true }] }, {})).toBe(false);
  expect(matchesPattern({ toString: { name: [{ exists: true }] } }, {})).toBe(false);
});
