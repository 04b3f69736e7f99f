import type { Watch, WatchOptions } from './watch.ts';

/** CloudWatch of the twin. */
export const createWatch = (_options: WatchOptions): Watch => ({
  logged: () => {},
  measured: () => {},
  addMetricFilter: () => {},
  addInsightRule: () => {},
  addAlarm: () => ({ arn: '' }),
  addCompositeAlarm: () => ({ arn: '' }),
  evaluate: () => {},
  alarms: () => [],
  report: () => undefined,
  onChange: () => {},
});
