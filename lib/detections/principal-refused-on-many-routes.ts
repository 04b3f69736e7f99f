import { defineDetection } from '../detecting/detection.ts';
import { reported } from '../detecting/lines.ts';
import { sample, times } from '../detecting/sample.ts';
import { atLeast, watchesTopContributor } from '../detecting/signals.ts';
import { logGroupName } from '../names.ts';

const refusal = (n: number, more: { readonly principal?: string; readonly firstOnRoute?: 'yes' | 'no' } = {}) =>
  reported({
    event: 'authorization-refused',
    tenant: 'tnt_one',
    principal: 'usr_one',
    credential: 'tok_one',
    operation: `operation${n}`,
    permission: 'teams:write',
    firstOnRoute: 'yes',
    ...more,
  });

/** A client that lacks a permission meets it on one route or two; who tries every route is looking for a way in. */
export const principalRefusedOnManyRoutes = defineDetection({
  name: 'principal-refused-on-many-routes',
  title: 'One principal was refused on many routes within five minutes.',
  severity: 'warning',
  technique: { id: 'T1526', name: 'Cloud Service Discovery' },
  impact: "Somebody may be trying out what a customer's token can do; each attempt was refused.",
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'catalog')} --since 15m --filter-pattern '{ $.event = "authorization-refused" }'`,
  closes: 'person',
  reports: ['refusals-by-principal'],
  delay: 'about a minute: Contributor Insights',
  signal: (stage) => watchesTopContributor(stage, 'refusals-by-principal', atLeast(6, 300)),
  samples: () => ({
    hits: [
      sample(
        'six routes in a minute',
        times(6, 50, (n) => refusal(n)),
      ),
    ],
    misses: [
      sample(
        'one route, once',
        times(1, 50, (n) => refusal(n)),
      ),
    ],
    nearMisses: [
      sample(
        'five routes',
        times(5, 50, (n) => refusal(n)),
      ),
      sample(
        'one route, again and again',
        times(30, 50, (n) => refusal(0, { firstOnRoute: n === 0 ? 'yes' : 'no' })),
      ),
      sample(
        'six routes, of two principals',
        times(6, 50, (n) => refusal(n, { principal: `usr_${n % 2}` })),
      ),
    ],
  }),
});
