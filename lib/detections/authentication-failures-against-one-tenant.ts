import { defineDetection } from '../detecting/detection.ts';
import { failedAuthentication } from '../detecting/lines.ts';
import { sample, times } from '../detecting/sample.ts';
import { atLeast, watchesTopContributor } from '../detecting/signals.ts';
import { logGroupName } from '../names.ts';

const of = (tenant: string) => failedAuthentication({ tenant });

/** From many addresses, so that no limit of an address stops it. */
export const authenticationFailuresAgainstOneTenant = defineDetection({
  name: 'authentication-failures-against-one-tenant',
  title: "Many of one tenant's credentials were refused within five minutes.",
  severity: 'error',
  technique: { id: 'T1110', name: 'Brute Force' },
  impact:
    'Somebody may be trying to get into one customer; a correct guess would read and change what that customer has.',
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'authorizer')} --since 15m --filter-pattern '{ $.event = "authentication-failed" && $.tenant = "*" }'`,
  closes: 'person',
  group: 'credential-guessing',
  reports: ['authentication-failures-by-tenant', 'authentication-failures-by-address'],
  delay: 'about a minute: Contributor Insights',
  signal: (stage) => watchesTopContributor(stage, 'authentication-failures-by-tenant', atLeast(50, 300)),
  samples: () => ({
    hits: [
      sample(
        'fifty guesses at one tenant',
        times(50, 50, () => of('tnt_one')),
      ),
    ],
    misses: [
      sample(
        'a few mistyped tokens',
        times(5, 200, () => of('tnt_one')),
      ),
    ],
    nearMisses: [
      sample(
        'as many, over two tenants',
        times(98, 50, (n) => of(n % 2 ? 'tnt_one' : 'tnt_two')),
      ),
      sample(
        'as many, of tokens that name no tenant',
        times(60, 50, () => ({
          security: { event: 'authentication-failed', reason: 'malformed' },
          from: 'authorizer',
        })),
      ),
    ],
  }),
});
