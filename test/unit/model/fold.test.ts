import fc from 'fast-check';
import { fold, isSortKeyOf, sortKey } from '../../../lambdas/model/fold.ts';

const text = fc.string({ unit: 'binary', maxLength: 120 });

describe('a folded text', () => {
  it.each([
    ['PAY', 'Payments'],
    ['ΟΔΟΣ', 'Οδοσημα'],
    ['c#', 'C# gateway'],
    ['Ｃ＃', 'c#'],
    ['ab  cd', 'AB CDE'],
  ])('begins as what was asked for: %s finds %s', (asked, name) => {
    expect(fold(name).startsWith(fold(asked))).toBe(true);
  });

  it('has no separator of keys in it, and fits a sort key whatever it was', () => {
    fc.assert(
      fc.property(text, (of) => {
        expect(fold(of)).not.toContain('#');
        expect(Buffer.byteLength(sortKey(of, 'svc_0000000000000000'))).toBeLessThan(300);
        expect(isSortKeyOf(sortKey(of, 'svc_1'), fold(of), 'svc_1')).toBe(true);
      }),
    );
  });
});
