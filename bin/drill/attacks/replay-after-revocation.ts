import type { Attack } from '../attack.ts';

export const replayAfterRevocation: Attack = {
  name: 'replay-after-revocation',
  story: 'A token that was revoked is used again by somebody who copied it.',
  detection: 'revoked-credential-used',
  needs: 'anywhere',
  play: async ({ ask, tenant }) => {
    const issued = await ask('POST', '/v1/tokens', { token: tenant.token, body: { name: 'drill', role: 'viewer' } });
    const { id, token } = issued.body;
    if (issued.status !== 201 || typeof token !== 'string') throw new Error(`No token was issued: ${issued.status}.`);
    await ask('DELETE', `/v1/tokens/${String(id)}`, { token: tenant.token });
    // Never used before, so that no answer for it is remembered.
    const { status } = await ask('GET', '/v1/me', { token });
    return `revoked ${String(id)}, then its use was answered ${status}`;
  },
};
