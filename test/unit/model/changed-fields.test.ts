import { changedFields } from '../../../lambdas/model/changed-fields.ts';

it('names what differs, what came and what went, and not what every replacement changes', () => {
  const before = { same: [{ a: 1 }], tier: 1, gone: 'x', version: 1, updatedAt: 'then' };
  const after = { same: [{ a: 1 }], tier: 2, come: 'y', version: 2, updatedAt: 'now' };
  expect(changedFields(before, after)).toEqual(['come', 'gone', 'tier']);
});
