import { contract } from '../../lambdas/contract.ts';
import { defineDetection } from '../detecting/detection.ts';
import { call, functionMetric } from '../detecting/lines.ts';
import { ofFunction } from '../detecting/metrics.ts';
import { isNot, pattern } from '../detecting/patterns.ts';
import { sample, times } from '../detecting/sample.ts';
import { accessFilter, quiet, watchesMetrics } from '../detecting/signals.ts';
import { apiName } from '../names.ts';

/** Calls that a function answered, on routes that want a credential. */
const protectedCalls = accessFilter(
  'ProtectedCalls',
  pattern(
    isNot('integrationLatency', '-'),
    ...contract.filter(({ permission }) => permission === 'public').map(({ path }) => isNot('resourcePath', path)),
  ),
);

const periodSeconds = 300;

/**
 * The gateway remembers an answer of the authorizer for `revokeToDenySeconds`, at most 120. A call in the second of two
 * quiet periods is at least a whole period after the authorizer last ran: nothing remembered explains it.
 */
export const authorizerSilent = defineDetection({
  name: 'authorizer-silent',
  title: 'Functions answer calls while the authorizer is never asked.',
  severity: 'critical',
  technique: { id: 'T1556', name: 'Modify Authentication Process' },
  impact: 'The API may be answering without asking who calls; functions still refuse what nobody signed.',
  firstCommand: (stage) => `aws apigateway get-rest-apis --query "items[?name=='${apiName(stage)}'].id" --output text`,
  closes: 'itself',
  group: 'api-failing',
  delay: 'about a minute: metrics',
  signal: (stage) =>
    watchesMetrics(
      [
        {
          metrics: [
            {
              id: 'calls',
              namespace: protectedCalls.namespace,
              name: protectedCalls.metric,
              dimensions: {},
              statistic: 'Sum',
            },
            ofFunction(stage, 'asked', { name: 'authorizer' }, 'Invocations'),
          ],
          expression: 'IF(FILL(calls, 0) > 0 AND FILL(asked, 0) == 0, 1, 0)',
          least: 0,
          most: 1,
        },
      ],
      { periodSeconds, is: '>=', threshold: 1, datapoints: 2, periods: 2, missing: quiet },
      [protectedCalls],
    ),
  samples: (stage) => {
    const asked = () => functionMetric(stage, 'authorizer')('Invocations', 1);
    const calls = (seconds: number) => times(seconds / 20, seconds, () => call());
    return {
      hits: [sample('calls for a quarter of an hour, and nobody asked', calls(900))],
      misses: [
        sample('calls, and the authorizer asked now and then', calls(900), times(15, 900, asked)),
        sample('nobody calls'),
      ],
      nearMisses: [
        sample("calls that the gateway's memory explains", times(1, 1, asked), calls(stage.revokeToDenySeconds)),
        sample(
          'only the public route is called',
          times(45, 900, () => call({ resourcePath: '/v1/openapi.json', tenant: '-' })),
        ),
        sample(
          'everything is refused by the gateway',
          times(45, 900, () => call({ status: '429', integrationLatency: '-' })),
        ),
      ],
    };
  },
});
