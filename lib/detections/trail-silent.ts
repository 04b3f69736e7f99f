import { defineDetection } from '../detecting/detection.ts';
import { apiMetric, logGroupMetric } from '../detecting/lines.ts';
import { linesIn, ofApi } from '../detecting/metrics.ts';
import { sample, times } from '../detecting/sample.ts';
import { atLeast, watchesMetrics } from '../detecting/signals.ts';
import { logGroupName, trailArn } from '../names.ts';

/** Calls of the API make functions assume roles, which the trail records: many calls and no record do not go together. */
export const trailSilent = defineDetection({
  name: 'trail-silent',
  title: 'The API was called all hour, and the trail recorded nothing.',
  severity: 'critical',
  technique: { id: 'T1562.008', name: 'Disable or Modify Cloud Logs' },
  impact: 'What happens in the account now leaves no evidence, and the detections on the account are blind.',
  firstCommand: (stage) => `aws cloudtrail get-trail-status --name ${trailArn(stage)}`,
  closes: 'itself',
  delay: 'about a minute: metrics',
  signal: (stage) =>
    watchesMetrics(
      [
        {
          metrics: [ofApi(stage, 'calls', 'Count'), linesIn(stage, 'recorded', 'trail')],
          expression: 'IF(FILL(calls, 0) >= 100 AND FILL(recorded, 0) == 0, 1, 0)',
          least: 0,
          most: 1,
        },
      ],
      atLeast(1, 3600),
    ),
  samples: (stage) => {
    const calls = (count: number) => times(count, 3500, () => apiMetric(stage)('Count', 1));
    const recorded = () => logGroupMetric(logGroupName(stage, 'trail'))('IncomingLogEvents', 1);
    return {
      hits: [sample('a hundred calls and no record', calls(100))],
      misses: [sample('calls and records', calls(200), times(20, 3500, recorded)), sample('a quiet night', calls(3))],
      nearMisses: [
        sample('a hundred calls and one record', calls(100), times(1, 1, recorded, 1800)),
        sample('one call too few to tell', calls(99)),
      ],
    };
  },
});
