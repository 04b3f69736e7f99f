import { createWatch } from '../../../local/watch/create-watch.ts';
import type { AlarmChange, Metric } from '../../../local/watch/watch.ts';

export const minute = 60_000;
export const topic = 'arn:aws:sns:eu-west-1:111122223333:alarms';
export const metric: Metric = { namespace: 'Test', name: 'Errors', dimensions: {} };

/** A watch with a clock that stands at a whole minute until it is moved. */
export const watched = () => {
  let now = Date.UTC(2026, 10, 23, 12, 0, 0);
  const watch = createWatch({
    account: '111122223333',
    region: 'eu-west-1',
    clock: {
      now: () => now,
      advance: (ms) => {
        now += ms;
      },
    },
  });
  const changes: AlarmChange[] = [];
  watch.onChange((change) => changes.push(change));
  return {
    watch,
    changes,
    now: () => now,
    put: (value: number, of: Metric = metric) => watch.measured(of, now, value),
    line: (line: unknown, group = 'lines') =>
      watch.logged({ at: now, group, message: typeof line === 'string' ? line : JSON.stringify(line) }),
    /** Lets time pass, evaluating now and then as the twin does every second. */
    pass: (minutes: number) => {
      now += minutes * minute;
      watch.evaluate();
    },
    states: () => Object.fromEntries(watch.alarms().map(({ name, value }) => [name, value])),
  };
};

/** An alarm at the first error in a minute; properties given win, and those that are undefined are left out. */
export const alarm = (more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => {
  const properties = {
    AlarmName: 'errors',
    ...(more.Metrics ? {} : { Namespace: 'Test', MetricName: 'Errors', Statistic: 'Sum', Period: 60 }),
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    ...more,
  };
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
};

export const filter = (pattern: string, more: Readonly<Record<string, unknown>> = {}) => ({
  FilterName: 'filter',
  FilterPattern: pattern,
  LogGroupName: 'lines',
  MetricTransformations: [{ MetricName: 'Errors', MetricNamespace: 'Test', MetricValue: '1', ...more }],
});
