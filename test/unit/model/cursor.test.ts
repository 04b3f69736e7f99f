import fc from 'fast-check';
import { Failure } from '../../../lambdas/kernel/errors.ts';
import { TenantId } from '../../../lambdas/kernel/id.ts';
import type { Position } from '../../../lambdas/kernel/session.ts';
import { cursorFor, type ListScope, pageAnswer, parseCursor } from '../../../lambdas/model/cursor.ts';

const scope: ListScope = {
  tenant: TenantId.parse('ten_AAAAAAAAAAAA'),
  operation: 'listServices',
  filters: { owner: 'team_AAAAAAAAAAAAAAAA', tier: 1, lifecycle: undefined },
};
const any = () => true;
const refused = (cursor: string, within: ListScope = scope, fits: (position: Position) => boolean = any) => {
  try {
    parseCursor(within, cursor, fits);
  } catch (error) {
    return error instanceof Failure && error.code === 'invalid-cursor';
  }
  return false;
};
const text = fc.string({ unit: 'binary', maxLength: 40 });
const positions: fc.Arbitrary<Position> = fc.record({ key: text, indexKey: text }, { requiredKeys: ['key'] });

describe('a cursor', () => {
  it('gives back the position it was made for', () => {
    fc.assert(
      fc.property(positions, (position) => {
        expect(parseCursor(scope, cursorFor(scope, position), any)).toEqual(position);
      }),
    );
  });

  it('is the same whatever the order of filters, and whether absent ones are named', () => {
    const reordered = { ...scope, filters: { tier: 1, owner: 'team_AAAAAAAAAAAAAAAA' } };
    expect(cursorFor(reordered, { key: 'a' })).toBe(cursorFor(scope, { key: 'a' }));
  });

  it.each<[string, ListScope]>([
    ['another tenant', { ...scope, tenant: TenantId.parse('ten_AAAAAAAAAAAB') }],
    ['another list', { ...scope, operation: 'listTeams' }],
    ['another filter', { ...scope, filters: { ...scope.filters, tier: 2 } }],
    ['one filter less', { ...scope, filters: { tier: 1 } }],
    ['a value of another type', { ...scope, filters: { ...scope.filters, tier: '1' } }],
    ['no filters', { tenant: scope.tenant, operation: scope.operation }],
  ])('continues no list of %s', (_, other) => {
    expect(refused(cursorFor(other, { key: 'svc_1' }))).toBe(true);
  });

  it('is refused when it names half a character, which no table takes', () => {
    for (const position of [{ key: 'svc_\ud800' }, { key: 'svc_1', indexKey: 'a\udfff' }])
      expect(refused(cursorFor(scope, position))).toBe(true);
  });

  it('is refused when one character was altered, added or removed', () => {
    fc.assert(
      fc.property(
        positions,
        fc.nat(),
        fc.constantFrom(...'AZaz09-_.=+/ '),
        fc.constantFrom(0, 1),
        (position, at, by, over) => {
          const cursor = cursorFor(scope, position);
          const index = at % (cursor.length + 1);
          const altered = cursor.slice(0, index) + by + cursor.slice(index + over);
          fc.pre(altered !== cursor);
          expect(refused(altered)).toBe(true);
          if (index < cursor.length) expect(refused(cursor.slice(0, index) + cursor.slice(index + 1))).toBe(true);
        },
      ),
    );
  });

  it('is refused when it is no cursor at all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (junk) => expect(refused(junk)).toBe(true)));
  });

  it('is refused when its key does not fit the list, also with a right fingerprint', () => {
    expect(refused(cursorFor(scope, { key: 'alias#a' }), scope, ({ key }) => key.startsWith('svc_'))).toBe(true);
  });

  it('is absent from the last page', () => {
    expect(pageAnswer(scope, [1], undefined)).toEqual({ items: [1] });
    expect(pageAnswer(scope, [], { key: 'a' })).toEqual({ items: [], next: cursorFor(scope, { key: 'a' }) });
  });

  it('fits the length that queries allow', () => {
    expect(cursorFor(scope, { key: 'k'.repeat(80), indexKey: 'i'.repeat(120) }).length).toBeLessThan(1000);
  });
});
