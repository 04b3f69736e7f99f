import { defineDetection } from '../detecting/detection.ts';
import { failedAuthentication } from '../detecting/lines.ts';
import { sample, times } from '../detecting/sample.ts';
import { atLeast, countsSecurityEvents } from '../detecting/signals.ts';
import { logGroupName } from '../names.ts';

/** Secrets have 256 bits: what this finds is a leak being tried out, or a customer whose tokens all expired at once. */
export const authenticationFailuresBurst = defineDetection({
  name: 'authentication-failures-burst',
  title: 'Many credentials were refused within five minutes, over all tenants.',
  severity: 'error',
  technique: { id: 'T1110', name: 'Brute Force' },
  impact: 'Somebody may be trying stolen or invented tokens; customers whose tokens expired may be among the refused.',
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'authorizer')} --since 15m --filter-pattern '{ $.event = "authentication-failed" }'`,
  closes: 'person',
  group: 'credential-guessing',
  reports: [
    'authentication-failures-by-reason',
    'authentication-failures-by-tenant',
    'authentication-failures-by-address',
  ],
  delay: 'seconds: embedded metrics',
  signal: () => countsSecurityEvents('AuthenticationFailed', atLeast(100, 300)),
  samples: () => ({
    hits: [
      sample(
        'a hundred unknown tokens in a minute',
        times(100, 50, () => failedAuthentication({ reason: 'unknown' })),
      ),
    ],
    misses: [
      sample(
        'a few mistyped tokens',
        times(5, 200, () => failedAuthentication({ reason: 'malformed' })),
      ),
    ],
    nearMisses: [
      sample(
        'one short of a burst',
        times(99, 50, () => failedAuthentication()),
      ),
      sample(
        'a hundred spread over an hour',
        times(100, 3600, () => failedAuthentication()),
      ),
    ],
  }),
});
