import { parseExpression } from '../../../local/watch/math/expression.ts';
import type { Node, Series } from '../../../local/watch/math/node.ts';
import { alarm, metric, watched } from './watched.ts';

const spans = [0, 1, 2, 3].map((from) => ({ from, to: from + 1 }));
const _ = undefined;
const data: Readonly<Record<string, Series>> = {
  m1: [1, 2, 3, 4],
  m2: [0, 2, _, 8],
  none: [_, _, _, _],
};
const nodeOf = (values: Series): Node => ({ kind: 'series', run: () => values });
const room = {
  series: (id: string) => (data[id] ? nodeOf(data[id]) : undefined),
  metrics: () => ['m1', 'm2'].map((id) => nodeOf(data[id] ?? [])),
  rule: (name: string, metric: string) => (name === 'by-tenant' && metric === 'Sum' ? nodeOf([9, _, 9, _]) : undefined),
};

it.each<readonly [string, Series]>([
  ['m1 + 1', [2, 3, 4, 5]],
  ['m1 - m2', [1, 0, _, -4]],
  ['-m1 * 2', [-2, -4, -6, -8]],
  ['1 + m1 * 2', [3, 5, 7, 9]],
  ['(1 + m1) * 2', [4, 6, 8, 10]],
  ['8 / m1 / 2', [4, 2, 4 / 3, 1]],
  ['m1 / m2', [_, 1, _, 0.5]],
  ['1e2 * m1', [100, 200, 300, 400]],
  ['m1 >= 2', [0, 1, 1, 1]],
  ['m1 == m2', [0, 1, _, 0]],
  ['m1 != m2', [1, 0, _, 1]],
  ['m1 > 1 AND m1 < 4', [0, 1, 1, 0]],
  ['m1 < 2 OR m1 > 3', [1, 0, 0, 1]],
  ['m1 < 2 || m1 > 3 && m1 > 9', [1, 0, 0, 0]],
  ['IF(m1 > 2, m1, 0)', [0, 0, 3, 4]],
  ['IF(m1 > 2, m1)', [_, _, 3, 4]],
  ['IF(m2 > 1, m1, -1)', [-1, 2, _, 4]],
  ['IF(m1 > 0, m2, 0)', [0, 2, _, 8]],
  ['FILL(m2, 0)', [0, 2, 0, 8]],
  ['FILL(m2, m1)', [0, 2, 3, 8]],
  ['FILL(none, 7)', [7, 7, 7, 7]],
  ['MAX([m1, m2])', [1, 2, 3, 8]],
  ['MIN([m1, m2])', [0, 2, 3, 4]],
  ['SUM([m1, m2])', [1, 4, 3, 12]],
  ['AVG([m1, m2])', [0.5, 2, 3, 6]],
  ['SUM(METRICS())', [1, 4, 3, 12]],
  ['MAX([none])', [_, _, _, _]],
  ['INSIGHT_RULE_METRIC("by-tenant", "Sum") + m1', [10, _, 12, _]],
  ["INSIGHT_RULE_METRIC('by-tenant', 'Sum')", [9, _, 9, _]],
])('%s', (text, expected) => {
  expect(parseExpression(text, room).run(spans)).toEqual(expected);
});

it.each<readonly [string, RegExp]>([
  ['m3', /no metric m3/],
  ['m1 +', /expected a number/],
  ['m1 ^ 2', /expected an operator/],
  ['(m1', /expected \)/],
  ['RATE(m1)', /does not have the function RATE/],
  ['ANOMALY_DETECTION_BAND(m1, 2)', /does not have the function ANOMALY_DETECTION_BAND/],
  ['SEARCH("x", "Sum", 300)', /does not have the function SEARCH|expected/],
  ['MAX(m1)', /a list or METRICS/],
  ['SUM(METRICS("m"))', /METRICS\(\) has no arguments/],
  ['[m1, m2] + 1', /a list stands in/],
  ['IF(m1)', /two or three/],
  ['FILL(m1, REPEAT)', /no metric REPEAT/],
  ['FILL(1, 0)', /a series and what to fill/],
  ['INSIGHT_RULE_METRIC("by-tenant", "Median")', /no Contributor Insights rule/],
  ['INSIGHT_RULE_METRIC("none", "Sum")', /no Contributor Insights rule none/],
])('refuses %s', (text, reason) => {
  expect(() => parseExpression(text, room)).toThrow(reason);
});

const stat = (id: string, more: object = {}) => ({
  Id: id,
  MetricStat: { Metric: { Namespace: 'Test', MetricName: id }, Period: 60, Stat: 'Sum', ...more },
  ReturnData: false,
});
const result = (Expression: string, more: object = {}) => ({ Id: 'result', Expression, ...more });

it('alarms on an expression over metrics and other expressions, and tells all of them', () => {
  const { watch, put, pass, changes } = watched();
  const Metrics = [
    result('IF(calls >= 2, share, 0)'),
    stat('calls'),
    stat('failed'),
    { Id: 'share', Expression: '100 * failed / calls', ReturnData: false },
  ];
  watch.addAlarm(alarm({ Metrics, Threshold: 50 }));
  put(1, { ...metric, name: 'failed' });
  put(1, { ...metric, name: 'calls' });
  pass(1);
  expect(changes.at(-1)).toMatchObject({ to: 'OK' });
  put(1, { ...metric, name: 'calls' });
  put(1, { ...metric, name: 'calls' });
  put(1, { ...metric, name: 'failed' });
  pass(1);
  expect(changes.at(-1)).toMatchObject({ to: 'ALARM', reason: expect.stringContaining('[50.0 (23/11/26 12:01:00)]') });
  expect(changes.at(-1)?.message.Trigger).toEqual({
    Period: 60,
    EvaluationPeriods: 1,
    DatapointsToAlarm: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 50,
    TreatMissingData: 'notBreaching',
    EvaluateLowSampleCountPercentile: '',
    Metrics: [
      { Id: 'result', Expression: 'IF(calls >= 2, share, 0)', Label: 'result', ReturnData: true },
      ...['calls', 'failed'].map((id) => ({
        Id: id,
        MetricStat: { Metric: { Dimensions: [], MetricName: id, Namespace: 'Test' }, Period: 60, Stat: 'Sum' },
        ReturnData: false,
      })),
      { Id: 'share', Expression: '100 * failed / calls', Label: 'share', ReturnData: false },
    ],
  });
});

it.each<readonly [string, readonly object[], RegExp]>([
  ['no result', [stat('a')], /one of its metrics returns data/],
  ['two results', [result('a'), { ...stat('a'), ReturnData: true }], /one of its metrics returns data/],
  ['periods that differ', [result('a + b'), stat('a'), stat('b', { Period: 300 })], /one period/],
  ['an id twice', [result('a'), stat('a'), stat('a')], /stands twice/],
  ['an id with a capital', [result('A'), stat('A')], /small letter/],
  ['an expression about itself', [result('result + 1', { Period: 60 })], /depends on itself/],
  [
    'expressions about each other',
    [result('b', { Period: 60 }), { Id: 'b', Expression: 'result', ReturnData: false }],
    /depends on itself/,
  ],
  ['a number as the result', [result('1 + 1', { Period: 60 })], /is no series/],
  ['a list as the result', [result('METRICS()'), stat('a')], /is no series/],
  [
    'an expression of no period',
    [result('INSIGHT_RULE_METRIC("r", "Sum")')],
    /no Contributor Insights rule|has a Period/,
  ],
  [
    'eleven metrics',
    [result('m0'), ...Array.from({ length: 11 }, (_unused, index) => stat(`m${index}`))],
    /10 metrics/,
  ],
  ['both forms', [{ ...stat('a'), Expression: '1', ReturnData: true }], /either MetricStat or Expression/],
  ['a metric of another account', [{ ...stat('a'), AccountId: '1', ReturnData: true }], /AccountId/],
])('refuses an alarm on %s', (_name, Metrics, reason) => {
  expect(() => watched().watch.addAlarm(alarm({ Metrics }))).toThrow(reason);
});

it('refuses an alarm on metrics and on one metric', () => {
  expect(() => watched().watch.addAlarm(alarm({ Metrics: [stat('a')], Period: 60 }))).toThrow(/Metrics and Period/);
});
