import fc from 'fast-check';
import { wildcard } from '../../../local/messaging/events/wildcard.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });

it('fits what the same pattern as a regular expression fits', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), text, (pieces, value) => {
      const stars = pieces.filter((piece, at) => piece !== '' || at === 0 || at === pieces.length - 1);
      const expected = new RegExp(`^${stars.join('.*')}$`).test(value);
      expect(wildcard(stars.join('*').replaceAll('**', '*'))(value)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

it('comes to an end for many stars on a long text, where a regular expression would not', () => {
  const pattern = `${'*a'.repeat(60)}*b`;
  expect(wildcard(pattern)('a'.repeat(5000))).toBe(false);
});
