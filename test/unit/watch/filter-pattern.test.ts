import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { lineOf } from '../../../local/watch/line.ts';
import { parseFilterPattern } from '../../../local/watch/patterns/filter-pattern.ts';

/** A line against a pattern, as AWS's documentation of the syntax has it. */
interface Case {
  readonly pattern: string;
  /** The line, or the object that it holds. */
  readonly line: unknown;
  readonly matches: boolean;
  /** The rule in our words. */
  readonly rule: string;
  /** The page that states it. */
  readonly source: string;
}

const read = (file: string): readonly Case[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'cases', file), 'utf8'));
const messageOf = (line: unknown): string => (typeof line === 'string' ? line : JSON.stringify(line));
const matches = (pattern: string, line: unknown): boolean =>
  parseFilterPattern(pattern).matches(lineOf({ at: 0, group: 'g', message: messageOf(line) }));

const files = ['json.json', 'terms.json', 'space-delimited.json'].map((file) => ({ file, cases: read(file) }));
const refused = read('refused.json') as readonly (Case & { readonly refused: string })[];

describe.each(files)('patterns of $file', ({ cases }) => {
  it.each(cases)('$pattern on $line: $matches', (each) => {
    expect(matches(each.pattern, each.line)).toBe(each.matches);
  });
});

it.each(refused)('refuses $pattern, as CloudWatch does', ({ pattern, refused: reason }) => {
  expect(() => parseFilterPattern(pattern)).toThrow(reason);
});

it('has 60 cases or more, each with its rule, its page, and no other like it', () => {
  const cases = [...files.flatMap((each) => each.cases), ...refused];
  expect(cases.length).toBeGreaterThanOrEqual(60);
  expect(new Set(cases.map(({ pattern, line }) => JSON.stringify([pattern, line]))).size).toBe(cases.length);
  const page = /^https:\/\/docs\.aws\.amazon\.com\/AmazonCloudWatch.+\.html(#.+)?$/;
  expect(cases.filter(({ rule, source }) => !/^.{12,}\.$/.test(rule) || !page.test(source))).toEqual([]);
});

it.each([
  ['a text of digits equals a number without quotes', '{ $.status = 401 }', { status: '401' }, true],
  ['a number is a text to an asterisk', '{ $.status = "4*" }', { status: 401 }, true],
  ['a text is in no order with a number', '{ $.status > 400 }', { status: '401' }, false],
  ['what is missing is not unequal', '{ $.status != 401 }', {}, false],
  ['a boolean equals nothing', '{ $.flag = true }', { flag: true }, false],
  ['an inherited property is none', '{ $.constructor NOT EXISTS }', {}, true],
])('where AWS says nothing: %s', (_, pattern, line, expected) => {
  expect(matches(pattern, line)).toBe(expected);
});

it('neither throws nor hangs on any line', () => {
  const patterns = ['{ $.a[*].b = "*x*" && $.c != 1 }', '?a ?"b c" -d', '[a=1, ..., b=%x+y*$%]', '%[a-z]+\\d*z%'];
  fc.assert(
    fc.property(fc.constantFrom(...patterns), fc.oneof(fc.string(), fc.json()), (pattern, message) => {
      expect(typeof matches(pattern, message)).toBe('boolean');
    }),
  );
});

it('throws a reason, never anything else, for any text that is no pattern', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[{[%"$.a*=!<>&|()\]} ,?-]{0,30}$/), (text) => {
      try {
        parseFilterPattern(text);
      } catch (error) {
        expect(error).toMatchObject({ name: 'TwinError' });
      }
    }),
    { numRuns: 500 },
  );
});
