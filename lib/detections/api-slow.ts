import { defineDetection } from '../detecting/detection.ts';
import { apiMetric } from '../detecting/lines.ts';
import { ofApi } from '../detecting/metrics.ts';
import { sample, times } from '../detecting/sample.ts';
import { atLeast, watchesMetrics } from '../detecting/signals.ts';
import { apiName } from '../names.ts';

/** The 99th percentile, when so many call that it is more than one unlucky caller; for a quarter of an hour. */
export const apiSlow = defineDetection({
  name: 'api-slow',
  title: 'One call of a hundred takes three seconds or more.',
  severity: 'warning',
  impact: 'Customers wait; those with short timeouts of their own give up.',
  firstCommand: (stage) =>
    `aws cloudwatch get-metric-statistics --namespace AWS/ApiGateway --metric-name Latency --dimensions Name=ApiName,Value=${apiName(stage)} Name=Stage,Value=${stage.name} --extended-statistics p99 --period 60 --start-time $(date -ud '-30 min' +%FT%TZ) --end-time $(date -u +%FT%TZ)`,
  closes: 'itself',
  group: 'api-failing',
  delay: "about a minute: API Gateway's metrics",
  signal: (stage) =>
    watchesMetrics(
      [
        {
          metrics: [ofApi(stage, 'slowest', 'Latency', 'p99'), ofApi(stage, 'calls', 'Count')],
          expression: 'IF(calls >= 50, slowest, 0)',
          least: 0,
          // The gateway waits 29 seconds for a function.
          most: 30_000,
        },
      ],
      { ...atLeast(3000, 300), datapoints: 3, periods: 3 },
    ),
  samples: (stage) => {
    const measured = apiMetric(stage);
    const calls = (count: number, seconds: number, latency: (n: number) => number) => [
      ...times(count, seconds, (n) => measured('Latency', latency(n))),
      ...times(count, seconds, () => measured('Count', 1)),
    ];
    return {
      hits: [
        sample(
          'a tenth of all calls takes four seconds',
          calls(900, 900, (n) => (n % 10 ? 40 : 4000)),
        ),
      ],
      misses: [
        sample(
          'normal life, with cold starts',
          calls(900, 900, (n) => (n % 50 ? 40 : 900)),
        ),
      ],
      nearMisses: [
        sample(
          'just below',
          calls(900, 900, (n) => (n % 10 ? 40 : 2900)),
        ),
        sample(
          'for five minutes',
          calls(100, 290, () => 4000),
          calls(600, 600, () => 40).map((one) => ({ ...one, atSeconds: one.atSeconds + 300 })),
        ),
        sample(
          'few calls, all slow',
          calls(60, 900, () => 4000),
        ),
      ],
    };
  },
});
