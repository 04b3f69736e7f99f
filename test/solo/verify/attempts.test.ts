import { allRefused } from '../../../bin/verify/attempts.ts';

const failing = (name: string, message = '') => ({
  what: name,
  make: () => Promise.reject(Object.assign(new Error(message), { name })),
});
const refused = failing('AccessDeniedException', 'not authorized because no resource-based policy allows it');

describe('attempts that must be refused', () => {
  it('hold when each one is', async () => {
    await expect(allRefused([refused, failing('AccessDenied')])).resolves.toMatchObject({ verdict: 'held' });
  });

  it.each([
    ['is done', { what: 'done', make: async () => ({}) }],
    ['would have been done, says a dry run', failing('DryRunOperationException')],
  ])('are broken when one of them %s', async (_, attempt) => {
    const finding = await allRefused([refused, attempt]);
    expect(finding).toEqual({ verdict: 'broken', why: `allowed: ${attempt.what}` });
  });

  it('prove nothing when the identity alone is too weak', async () => {
    const weak = failing('AccessDeniedException', 'because no identity-based policy allows the kms:Decrypt action');
    await expect(allRefused([refused, weak])).resolves.toMatchObject({ verdict: 'untried' });
  });

  it.each(['ResourceNotFoundException', 'NotFoundException', 'ThrottlingException', 'TimeoutError'])(
    'are not held by %s, which is no refusal',
    async (name) => {
      await expect(allRefused([refused, failing(name)])).rejects.toMatchObject({ name });
    },
  );
});
