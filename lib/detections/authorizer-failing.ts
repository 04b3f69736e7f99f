import { defineDetection } from '../detecting/detection.ts';
import { call, refused } from '../detecting/lines.ts';
import { oneOf, pattern } from '../detecting/patterns.ts';
import { sample, times } from '../detecting/sample.ts';
import { atLeast, filtersAccessLog } from '../detecting/signals.ts';
import { logGroupName } from '../names.ts';

const broken = (errorType: string) => () => call({ status: '503', tenant: '-', errorType, integrationLatency: '-' });

/**
 * By the access log, since Lambda counts every refused token among the authorizer's Errors: a refusal is an exception.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export const authorizerFailing = defineDetection({
  name: 'authorizer-failing',
  title: 'The authorizer fails: it breaks, times out, or has too few instances.',
  severity: 'critical',
  impact: 'Customers with good tokens are answered 503.',
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'authorizer')} --since 15m --filter-pattern '?ERROR ?"Task timed out" ?error'`,
  closes: 'itself',
  group: 'api-failing',
  delay: 'seconds: access log and metric filter',
  signal: () =>
    filtersAccessLog(
      'AuthorizerFailed',
      pattern(oneOf('errorType', ['AUTHORIZER_FAILURE', 'AUTHORIZER_CONFIGURATION_ERROR'])),
      atLeast(5, 300),
    ),
  samples: () => ({
    hits: [
      sample('it breaks', times(5, 50, broken('AUTHORIZER_FAILURE'))),
      sample('it has too few instances', times(5, 50, broken('AUTHORIZER_CONFIGURATION_ERROR'))),
    ],
    misses: [
      sample(
        'it refuses tokens',
        times(40, 50, () => refused()),
      ),
    ],
    nearMisses: [
      sample('it breaks four times', times(4, 50, broken('AUTHORIZER_FAILURE'))),
      sample('functions are busy', times(20, 50, broken('INTEGRATION_FAILURE'))),
    ],
  }),
});
