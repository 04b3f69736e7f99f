import { defineDetection } from '../detecting/detection.ts';
import { apiMetric } from '../detecting/lines.ts';
import { ofApi } from '../detecting/metrics.ts';
import { once, sample, times } from '../detecting/sample.ts';
import { atLeast, watchesMetrics } from '../detecting/signals.ts';
import { logGroupName } from '../names.ts';

/** In percent of all calls; below five failed calls a percentage says nothing. */
export const apiErrors = defineDetection({
  name: 'api-errors',
  title: 'Five percent of all calls or more fail on our side.',
  severity: 'error',
  impact: "Customers' calls fail with 500, 503 or 504.",
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'access')} --since 15m --filter-pattern '{ $.status = "5*" }'`,
  closes: 'itself',
  group: 'api-failing',
  reports: ['failed-calls-by-tenant'],
  delay: "about a minute: API Gateway's metrics",
  signal: (stage) =>
    watchesMetrics(
      [
        {
          metrics: [ofApi(stage, 'failed', '5XXError'), ofApi(stage, 'calls', 'Count')],
          expression: 'IF(failed >= 5, 100 * failed / calls, 0)',
          least: 0,
          most: 100,
        },
      ],
      atLeast(5, 300),
    ),
  samples: (stage) => {
    const measured = apiMetric(stage);
    const calls = (failed: number, answered: number) => [
      ...times(failed, 50, () => measured('5XXError', 1)),
      ...times(answered, 50, () => measured('5XXError', 0)),
      ...times(failed + answered, 50, () => measured('Count', 1)),
    ];
    return {
      hits: [sample('five of a hundred', calls(5, 95)), sample('all of them', calls(10, 0))],
      misses: [sample('none of many', calls(0, 200)), sample('nobody calls', once(measured('Count', 1)))],
      nearMisses: [sample('five of a hundred and one', calls(5, 96)), sample('all of four', calls(4, 0))],
    };
  },
});
