import { defineDetection } from '../detecting/detection.ts';
import { failedAuthentication } from '../detecting/lines.ts';
import { once, sample } from '../detecting/sample.ts';
import { atTheFirst, countsSecurityEvents } from '../detecting/signals.ts';
import { logGroupName } from '../names.ts';

/** Its secret was proved: who calls has the whole token. Most tokens are revoked because they leaked. */
export const revokedCredentialUsed = defineDetection({
  name: 'revoked-credential-used',
  title: 'A token was used after its revocation.',
  severity: 'error',
  technique: { id: 'T1550.001', name: 'Application Access Token' },
  impact:
    'Somebody holds a token that a customer took back: a copy that leaked, or a job of the customer that was forgotten.',
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'authorizer')} --since 15m --filter-pattern '{ $.reason = "revoked" }'`,
  closes: 'person',
  reports: ['revoked-credentials-by-tenant'],
  delay: 'seconds: embedded metrics',
  signal: () => countsSecurityEvents('RevokedCredentialUsed', atTheFirst),
  samples: () => ({
    hits: [sample('one use', once(failedAuthentication({ reason: 'revoked' })))],
    misses: [sample('an expired token', once(failedAuthentication({ reason: 'expired' })))],
    nearMisses: [
      sample('a wrong secret for a token, revoked or not', once(failedAuthentication({ reason: 'wrong-secret' }))),
      sample('a disabled user', once(failedAuthentication({ reason: 'user-disabled' }))),
    ],
  }),
});
