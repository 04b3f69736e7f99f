import { defineDetection } from '../detecting/detection.ts';
import { call, refused } from '../detecting/lines.ts';
import { sample, times } from '../detecting/sample.ts';
import { atLeast, watchesTopContributor } from '../detecting/signals.ts';
import { logGroupName } from '../names.ts';

/** The authorizer does not see addresses: the gateway's access log does. */
export const authenticationFailuresFromOneAddress = defineDetection({
  name: 'authentication-failures-from-one-address',
  title: 'One address was answered 401 many times within five minutes.',
  severity: 'error',
  technique: { id: 'T1110.003', name: 'Password Spraying' },
  impact:
    'Somebody may be trying tokens of many customers; or one customer runs a job with a token that is no longer good.',
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'access')} --since 15m --filter-pattern '{ $.status = "401" }'`,
  closes: 'person',
  group: 'credential-guessing',
  reports: ['authentication-failures-by-address', 'authentication-failures-by-tenant'],
  delay: 'about a minute: access log and Contributor Insights',
  signal: (stage) => watchesTopContributor(stage, 'authentication-failures-by-address', atLeast(50, 300)),
  samples: () => ({
    hits: [
      sample(
        'fifty guesses from one address',
        times(50, 50, () => refused({ ip: '198.51.100.66' })),
      ),
    ],
    misses: [
      sample(
        'a busy customer',
        times(200, 50, () => call()),
      ),
    ],
    nearMisses: [
      sample(
        'as many, from two addresses',
        times(98, 50, (n) => refused({ ip: `198.51.100.${n % 2}` })),
      ),
      sample(
        'as many refusals of another kind',
        times(60, 50, () => call({ status: '403' })),
      ),
    ],
  }),
});
