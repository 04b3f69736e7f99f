import { functions } from '../../lambdas/functions.ts';
import { defineDetection } from '../detecting/detection.ts';
import { functionMetric } from '../detecting/lines.ts';
import { ofFunction } from '../detecting/metrics.ts';
import { once, sample } from '../detecting/sample.ts';
import { atLeast, watchesMetrics } from '../detecting/signals.ts';
import { logGroupName } from '../names.ts';

/**
 * Every function against its own timeout, in percent. One alarm for each, since an alarm takes ten metrics at most, and
 * one composite alarm that pages and names them.
 */
export const functionNearTimeout = defineDetection({
  name: 'function-near-timeout',
  title: 'A function needs most of the time it has.',
  severity: 'warning',
  impact: 'Calls will soon fail with 504 where they now are slow.',
  firstCommand: (stage) => `aws logs tail ${logGroupName(stage, 'catalog')} --since 30m --filter-pattern REPORT`,
  closes: 'itself',
  delay: "about a minute: Lambda's metrics",
  signal: (stage) =>
    watchesMetrics(
      functions.map((spec) => ({
        of: spec.name,
        impact: spec.impact,
        metrics: [ofFunction(stage, 'longest', spec, 'Duration', 'Maximum')],
        expression: `100 * longest / ${spec.timeoutSeconds * 1000}`,
        least: 0,
        // What takes longer is ended.
        most: 100,
      })),
      { ...atLeast(80, 300), datapoints: 2, periods: 3 },
    ),
  samples: (stage) => {
    const took = (name: string, ms: number, atSeconds: number) =>
      once(functionMetric(stage, name)('Duration', ms), atSeconds);
    return {
      hits: functions.map(({ name, timeoutSeconds }) =>
        sample(
          `${name} at 80 percent, twice`,
          took(name, timeoutSeconds * 800, 10),
          took(name, timeoutSeconds * 800, 310),
        ),
      ),
      misses: [sample('normal life', took('catalog', 35, 10), took('catalog', 900, 310), took('authorizer', 80, 320))],
      nearMisses: [
        sample('just below, for a quarter of an hour', ...[10, 310, 610].map((at) => took('catalog', 11_990, at))),
        sample('once', took('catalog', 14_900, 10), took('catalog', 35, 310), took('catalog', 35, 610)),
        sample('as long as another function may take', ...[10, 310, 610].map((at) => took('operators', 15_000, at))),
      ],
    };
  },
});
