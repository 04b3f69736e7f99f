import { functions } from '../../lambdas/functions.ts';
import { defineDetection } from '../detecting/detection.ts';
import { functionMetric } from '../detecting/lines.ts';
import { ofFunction } from '../detecting/metrics.ts';
import { once, sample, times } from '../detecting/sample.ts';
import { atLeast, quiet, watchesMetrics } from '../detecting/signals.ts';
import { logGroupName } from '../names.ts';

const readers = functions.filter(({ entrance }) => entrance.by === 'stream');
const quarterMs = 15 * 60_000;

/** Long before a batch is given up after six hours, and the stream forgets it after twenty-four. In milliseconds. */
export const archiveBehind = defineDetection({
  name: 'archive-behind',
  title: 'Audit events have waited a quarter of an hour and more for their copy.',
  severity: 'error',
  impact: 'Audit events are in their table only: whoever could change them there would leave no original.',
  firstCommand: (stage) => `aws logs tail ${logGroupName(stage, 'archive')} --since 30m`,
  closes: 'itself',
  delay: 'about a minute: metrics of Lambda',
  signal: (stage) =>
    watchesMetrics(
      readers.map((spec) => ({
        metrics: [ofFunction(stage, 'age', spec, 'IteratorAge', 'Maximum')],
        least: 0,
        most: Number.POSITIVE_INFINITY,
      })),
      {
        ...atLeast(quarterMs, 300),
        missing: { ...quiet, because: 'nothing is read from a stream to which nothing was written' },
      },
    ),
  samples: (stage) => {
    const age = (name: string, ms: number) => once(functionMetric(stage, name)('IteratorAge', ms), 10);
    return {
      hits: readers.map(({ name }) => sample(`${name} repeats a batch of twenty minutes ago`, age(name, 20 * 60_000))),
      misses: readers.map(({ name }) =>
        sample(
          `${name} keeps up`,
          times(20, 15, () => functionMetric(stage, name)('IteratorAge', 1500)),
        ),
      ),
      nearMisses: [
        ...readers.map(({ name }) => sample(`${name} is some minutes behind`, age(name, quarterMs - 1000))),
        sample('a function of somebody else', age('somebody-else', 20 * 60_000)),
      ],
    };
  },
});
