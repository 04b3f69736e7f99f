import type { Item } from '../../../lambdas/kernel/session.ts';
import { standingOf } from '../../../lambdas/model/credential.ts';

const nowMs = Date.parse('2026-11-23T12:00:00.000Z');
const token: Item = { role: 'owner', validUntil: '2026-11-24T12:00:00.000Z' };
const rest = { user: { role: 'owner', state: 'active' }, status: { state: 'active' } };

describe('a credential', () => {
  it('that is understood stands', () => {
    expect(standingOf({ token, ...rest }, nowMs)).toMatchObject({ stands: true });
    expect(standingOf({ token: { ...token, scopes: ['teams:read'] }, ...rest }, nowMs)).toMatchObject({
      permissions: ['me:read', 'teams:read'],
    });
  });

  it.each([
    ['a set', new Set(['teams:read'])],
    ['a text', 'teams:read'],
    ['null', null],
    ['an object', { 0: 'teams:read' }],
  ])('whose scopes are %s does not stand: what is not understood grants nothing', (_, scopes) => {
    expect(standingOf({ token: { ...token, scopes }, ...rest }, nowMs)).toEqual({ stands: false, reason: 'unknown' });
  });
});
