import fc from 'fast-check';
import { matchesPattern } from '../../../local/iam/match-pattern.ts';

const alphabet = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', '*', '?', '.'), maxLength: 12 });

/** The same pattern as a regular expression: slow on bad patterns, but plainly right. */
const asRegExp = (pattern: string) =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`, 'u');

it('matches exactly what the regular expression of the pattern matches', () => {
  fc.assert(
    fc.property(alphabet, alphabet, (pattern, value) => {
      expect(matchesPattern([{ text: pattern, literal: false }], value)).toBe(asRegExp(pattern).test(value));
    }),
    { numRuns: 2_000 },
  );
});

it('matches a literal piece with itself only, whatever wildcards it holds', () => {
  fc.assert(
    fc.property(alphabet, alphabet, (text, value) => {
      expect(matchesPattern([{ text, literal: true }], value)).toBe(text === value);
    }),
  );
});

it('counts characters, not code units', () => {
  expect(matchesPattern([{ text: '?', literal: false }], '🙂')).toBe(true);
});
