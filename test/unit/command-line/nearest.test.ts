import { nearest } from '../../../bin/command-line/nearest.ts';

const known = ['services', 'teams', 'tokens', 'tenants', 'audit', 'verify', 'list', 'login', 'logout'];
it.each([
  ['servces', 'services'],
  ['service', 'services'],
  ['taems', 'teams'],
  ['tenant', 'tenants'],
  ['lits', 'list'],
  ['ser', 'services'],
  ['logn', 'login'],
  ['x', undefined],
  ['completely', undefined],
  ['', undefined],
  ['a'.repeat(100_000), undefined],
])('%.20s was probably %s', (word, meant) => expect(nearest(word, known)).toBe(meant));
