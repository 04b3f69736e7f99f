import fc from 'fast-check';
import { alarm, metric, minute, topic, watched } from './watched.ts';

const errors = { ...metric, name: 'Errors' };

it('goes to ALARM over complete periods only, says why, and comes back', () => {
  const { watch, put, pass, changes, now } = watched();
  watch.addAlarm(alarm({ AlarmActions: [topic], OKActions: [`${topic}-ok`] }));
  pass(1);
  put(1);
  put(2);
  watch.evaluate();
  expect(changes.map(({ to }) => to)).toEqual(['OK']);
  pass(1);
  expect(changes[1]).toMatchObject({
    alarmName: 'errors',
    alarmArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:errors',
    from: 'OK',
    to: 'ALARM',
    at: now(),
    actions: [topic],
    reason:
      'Threshold Crossed: 1 out of the last 1 datapoints [3.0 (23/11/26 12:01:00)] was greater than or equal to the threshold (1.0) (minimum 1 datapoint for OK -> ALARM transition).',
  });
  pass(10);
  expect(changes[2]).toMatchObject({
    to: 'OK',
    actions: [`${topic}-ok`],
    reason:
      'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
  });
});

it('stays in ALARM while its last data point is in the evaluation range, two periods more than it evaluates', () => {
  const { watch, put, pass, states } = watched();
  watch.addAlarm(alarm());
  put(1);
  for (const expected of ['ALARM', 'ALARM', 'ALARM', 'OK']) {
    pass(1);
    expect(states()).toEqual({ errors: expected });
  }
});

it('tells subscribers of a topic what CloudWatch tells them', () => {
  const { watch, put, pass, changes } = watched();
  watch.addAlarm(
    alarm({
      AlarmDescription: 'too many',
      AlarmActions: [topic],
      Statistic: undefined,
      ExtendedStatistic: 'p99',
      Dimensions: [{ Name: 'Api', Value: 'v1' }],
      DatapointsToAlarm: 1,
      EvaluationPeriods: 2,
    }),
  );
  put(5, { ...errors, dimensions: { Api: 'v1' } });
  pass(1);
  expect(changes[0]?.message).toEqual({
    AlarmName: 'errors',
    AlarmDescription: 'too many',
    AWSAccountId: '111122223333',
    AlarmConfigurationUpdatedTimestamp: '2026-11-23T12:00:00.000+0000',
    NewStateValue: 'ALARM',
    NewStateReason: expect.stringContaining('1 out of the last 2 datapoints [5.0 (23/11/26 12:00:00)] was greater'),
    StateChangeTime: '2026-11-23T12:01:00.000+0000',
    Region: 'EU (Ireland)',
    AlarmArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:errors',
    OldStateValue: 'INSUFFICIENT_DATA',
    OKActions: [],
    AlarmActions: [topic],
    InsufficientDataActions: [],
    Trigger: {
      MetricName: 'Errors',
      Namespace: 'Test',
      StatisticType: 'ExtendedStatistic',
      ExtendedStatistic: 'p99',
      Unit: null,
      Dimensions: [{ value: 'v1', name: 'Api' }],
      Period: 60,
      EvaluationPeriods: 2,
      DatapointsToAlarm: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      TreatMissingData: 'notBreaching',
      EvaluateLowSampleCountPercentile: '',
    },
  });
});

it('acts for no state while its actions are switched off', () => {
  const { watch, put, pass, changes } = watched();
  watch.addAlarm(alarm({ AlarmActions: [topic], ActionsEnabled: false }));
  put(1);
  pass(1);
  expect(changes).toMatchObject([{ to: 'ALARM', actions: [] }]);
});

it.each([
  ['SampleCount', 4],
  ['Sum', 16],
  ['Average', 4],
  ['Minimum', 1],
  ['Maximum', 10],
])('compares the %s of a period', (Statistic, expected) => {
  const { watch, put, pass, states } = watched();
  const is = (AlarmName: string, Threshold: number, ComparisonOperator: string) =>
    watch.addAlarm(alarm({ AlarmName, Statistic, Threshold, ComparisonOperator }));
  is('at', expected, 'GreaterThanOrEqualToThreshold');
  is('above', expected, 'GreaterThanThreshold');
  is('at most', expected, 'LessThanOrEqualToThreshold');
  is('below', expected, 'LessThanThreshold');
  for (const value of [1, 2, 3, 10]) put(value);
  pass(1);
  expect(states()).toEqual({ at: 'ALARM', above: 'OK', 'at most': 'ALARM', below: 'OK' });
});

it.each([
  ['p0', 1],
  ['p50', 50],
  ['p99', 99],
  ['p99.5', 100],
  ['p100', 100],
])('compares the %s of a period', (ExtendedStatistic, Threshold) => {
  const { watch, put, pass, states } = watched();
  watch.addAlarm(alarm({ AlarmName: 'at', Statistic: undefined, ExtendedStatistic, Threshold }));
  watch.addAlarm(alarm({ AlarmName: 'over', Statistic: undefined, ExtendedStatistic, Threshold: Threshold + 0.5 }));
  for (let value = 1; value <= 100; value += 1) put(value);
  pass(1);
  expect(states()).toEqual({ at: 'ALARM', over: 'OK' });
});

it('takes a metric by its namespace, name and exactly its dimensions', () => {
  const { watch, put, pass, states } = watched();
  const dimensions = { Api: 'v1', Stage: 'live' };
  const asked = [
    { Name: 'Stage', Value: 'live' },
    { Name: 'Api', Value: 'v1' },
  ];
  watch.addAlarm(alarm({ Dimensions: asked }));
  for (const other of [
    errors,
    { ...errors, dimensions: { Api: 'v1' } },
    { ...errors, dimensions: { ...dimensions, More: 'x' } },
    { ...errors, dimensions: { Api: 'live', Stage: 'v1' } },
    { ...errors, dimensions, name: 'errors' },
    { ...errors, dimensions, namespace: 'test' },
  ])
    put(1, other);
  pass(1);
  expect(states()).toEqual({ errors: 'OK' });
  put(1, { ...errors, dimensions });
  pass(1);
  expect(states()).toEqual({ errors: 'ALARM' });
});

it('sees a burst in any five minutes, wherever they begin: periods roll with every minute', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 4 }), (before, apart) => {
      const { watch, put, pass, states } = watched();
      watch.addAlarm(alarm({ Period: 300, Threshold: 2 }));
      pass(before);
      put(1);
      pass(apart);
      put(1);
      pass(1);
      expect(states()).toEqual({ errors: 'ALARM' });
    }),
    { numRuns: 30 },
  );
});

it('ignores missing data of DynamoDB, whatever it is told', () => {
  const { watch, put, pass, states } = watched();
  const throttled = { namespace: 'AWS/DynamoDB', name: 'ThrottledRequests', dimensions: {} };
  watch.addAlarm(alarm({ Namespace: 'AWS/DynamoDB', MetricName: 'ThrottledRequests' }));
  put(1, throttled);
  pass(1);
  pass(600);
  expect(states()).toEqual({ errors: 'ALARM' });
});

it('keeps the state it was set to by hand until it is next evaluated', () => {
  const { watch, pass, changes } = watched();
  watch.addAlarm(alarm({ AlarmActions: [topic] }));
  pass(1);
  watch.setAlarmState('errors', 'ALARM', 'a drill');
  watch.evaluate();
  expect(changes[1]).toMatchObject({ to: 'ALARM', reason: 'a drill', actions: [topic] });
  pass(1);
  expect(changes[2]).toMatchObject({ from: 'ALARM', to: 'OK' });
  expect(() => watch.setAlarmState('none', 'OK', '')).toThrow(/There is no alarm none.*errors/);
});

it('changes as it would minute by minute, whatever jumps the clock makes', () => {
  const step = fc.record({ minutes: fc.constantFrom(0, 1, 2, 7, 1500, 5000), values: fc.array(fc.constantFrom(0, 1)) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
      const [jumping, slow] = [watched(), watched()];
      for (const { watch } of [jumping, slow]) {
        watch.addAlarm(alarm());
        watch.addAlarm(alarm({ AlarmName: 'kept', Period: 300, EvaluationPeriods: 3, TreatMissingData: 'ignore' }));
        watch.addAlarm(alarm({ AlarmName: 'silent', Period: 3600, TreatMissingData: 'breaching' }));
      }
      for (const { minutes, values } of steps) {
        for (const value of values) for (const { put } of [jumping, slow]) put(value);
        jumping.pass(minutes);
        for (let passed = 0; passed < minutes; passed += 1) slow.pass(1);
      }
      expect(jumping.changes).toEqual(slow.changes);
    }),
    { numRuns: 25 },
  );
});

it('notices what happened between two jumps that nobody evaluated between', () => {
  const { watch, put, pass, changes } = watched();
  watch.addAlarm(alarm());
  pass(1);
  const clock = { at: Date.UTC(2026, 10, 23, 12, 1) + 3000 * minute };
  watch.measured(metric, clock.at, 1);
  pass(6000);
  expect(changes.map(({ to, at }) => [to, at - clock.at])).toEqual([
    ['OK', expect.any(Number)],
    ['ALARM', minute],
    ['OK', 4 * minute],
  ]);
  put(1);
  pass(1);
  expect(changes.at(-1)).toMatchObject({ to: 'ALARM' });
});

it('goes on after a jump back', () => {
  const { watch, put, pass, states } = watched();
  watch.addAlarm(alarm());
  pass(1000);
  pass(-2000);
  put(1);
  pass(1);
  expect(states()).toEqual({ errors: 'ALARM' });
});

it('forgets what no alarm looks back to', () => {
  const { watch, put, pass } = watched();
  put(1);
  pass(1);
  expect(watch.measurements('Test')).toMatchObject([{ metric, count: 1, sum: 1, min: 1, max: 1 }]);
  pass(2 * 24 * 60);
  expect(watch.measurements()).toEqual([]);
});

it.each<readonly [string, Readonly<Record<string, unknown>>, RegExp]>([
  ['a high resolution', { Period: 10 }, /whole minutes only/],
  ['more data points than periods', { DatapointsToAlarm: 2 }, /more than EvaluationPeriods/],
  ['a look back over more than a day', { Period: 3600, EvaluationPeriods: 25 }, /further than a day/],
  ['an unknown statistic', { Statistic: 'Median' }, /Statistic is "Median"/],
  ['a trimmed mean', { Statistic: undefined, ExtendedStatistic: 'TM(2%:98%)' }, /does not have the statistic TM/],
  ['a percentile over 100', { Statistic: undefined, ExtendedStatistic: 'p101' }, /does not have the statistic p101/],
  ['two statistics', { ExtendedStatistic: 'p99' }, /either Statistic or ExtendedStatistic/],
  ['anomaly detection', { ThresholdMetricId: 'ad1' }, /ThresholdMetricId/],
  ['a band', { ComparisonOperator: 'GreaterThanUpperThreshold' }, /ComparisonOperator/],
  ['a unit', { Unit: 'Count' }, /Unit/],
  ['low samples ignored', { EvaluateLowSampleCountPercentile: 'ignore' }, /EvaluateLowSampleCountPercentile/],
  ['an action that is no topic', { AlarmActions: ['arn:aws:automate:eu-west-1:ec2:stop'] }, /topics only/],
  ['no threshold', { Threshold: undefined }, /Threshold is missing/],
  ['a treatment that is none', { TreatMissingData: 'good' }, /TreatMissingData is "good"/],
])('refuses %s', (_, more, reason) => {
  expect(() => watched().watch.addAlarm(alarm(more))).toThrow(reason);
});

it('refuses two alarms of one name', () => {
  const { watch } = watched();
  watch.addAlarm(alarm());
  expect(() => watch.addAlarm(alarm())).toThrow(/two alarms errors/);
});
