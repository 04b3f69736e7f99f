import { alarm, minute, watched } from './watched.ts';

interface Body {
  readonly Contribution?: object;
  readonly [name: string]: unknown;
}

const rule = ({ Contribution = {}, ...body }: Body = {}, more: object = {}) => ({
  RuleName: 'failures',
  RuleState: 'ENABLED',
  RuleBody: JSON.stringify({
    Schema: { Name: 'CloudWatchLogRule', Version: 1 },
    LogGroupNames: ['lines'],
    LogFormat: 'JSON',
    Contribution: { Keys: ['$.tenant'], ...Contribution },
    AggregateOn: 'Count',
    ...body,
  }),
  ...more,
});
const reported = (twin: ReturnType<typeof watched>, minutes = 5) =>
  twin.watch
    .report('failures', { from: twin.now() - minutes * minute, to: twin.now() + minute })
    ?.contributors.map(({ keys, value }) => [...keys, value]);

it('counts lines by contributor, largest first, in the time that is asked for', () => {
  const twin = watched();
  twin.watch.addInsightRule(rule());
  twin.line({ tenant: 'old' });
  twin.pass(6);
  for (const tenant of ['blue', 'green', 'green']) twin.line({ tenant });
  expect(reported(twin)).toEqual([
    ['green', 2],
    ['blue', 1],
  ]);
  expect(reported(twin, 6)).toContainEqual(['old', 1]);
  expect(twin.watch.report('none', { from: 0, to: 1 })).toBeUndefined();
});

it('sums a field where it is told to', () => {
  const twin = watched();
  twin.watch.addInsightRule(rule({ AggregateOn: 'Sum', Contribution: { ValueOf: '$.bytes' } }));
  for (const bytes of [10, '5', 'many', undefined]) twin.line({ tenant: 'blue', bytes });
  expect(reported(twin)).toEqual([['blue', 15]]);
});

it('tells combinations of up to four keys apart, and counts no line that lacks one', () => {
  const twin = watched();
  twin.watch.addInsightRule(rule({ Contribution: { Keys: ['$.a', '$.b.c[0]', '$.d', '$.e'] } }));
  twin.line({ a: 1, b: { c: ['x'] }, d: true, e: '' });
  twin.line({ a: 1, b: { c: ['y'] }, d: true, e: '' });
  twin.line({ a: 1, b: { c: ['y'] }, d: true, e: null });
  twin.line({ a: 1, b: { c: ['y'] }, d: {}, e: '' });
  expect(reported(twin)).toEqual([
    ['1', 'x', 'true', '', 1],
    ['1', 'y', 'true', '', 1],
  ]);
});

it('reads the log groups it names, also by the beginning of their names', () => {
  const twin = watched();
  twin.watch.addInsightRule(rule({ LogGroupNames: ['one', 'api-*'] }));
  for (const group of ['one', 'one-more', 'api-', 'api-live', 'an-api-']) twin.line({ tenant: group }, group);
  expect(reported(twin)?.map(([tenant]) => tenant)).toEqual(['one', 'api-', 'api-live']);
});

it.each<readonly [object, unknown, unknown]>([
  [{ In: ['PUT', '7'] }, 'PUT', 'POST'],
  [{ In: ['PUT', '7'] }, 7, 8],
  [{ In: ['true'] }, 'true', true],
  [{ IsPresent: true }, true, undefined],
  [{ In: ['PUT'] }, 'PUT', undefined],
  [{ NotIn: ['PUT'] }, 'POST', 'PUT'],
  [{ NotIn: ['PUT'] }, 'POST', undefined],
  [{ StartsWith: ['ec2', 'ecs'] }, 'ecs.amazonaws.com', 's3.amazonaws.com'],
  [{ GreaterThan: 100 }, 101, 100],
  [{ GreaterThan: 100 }, '101', 'many'],
  [{ LessThan: 100 }, 99, 100],
  [{ EqualTo: 200 }, 200, 201],
  [{ NotEqualTo: 200 }, 201, 200],
  [{ IsPresent: true }, 'x', undefined],
  [{ IsPresent: false }, undefined, 'x'],
  [{ IsPresent: true }, 'x', { leaf: 1 }],
])('filters %j: %j counts and %j does not', (operator, counts, counted) => {
  const twin = watched();
  twin.watch.addInsightRule(rule({ Contribution: { Filters: [{ Match: '$.field', ...operator }] } }));
  twin.line({ tenant: 'yes', field: counts });
  twin.line({ tenant: 'no', field: counted });
  expect(reported(twin)).toEqual([['yes', 1]]);
});

it('counts only where all filters hold', () => {
  const twin = watched();
  const Filters = [
    { Match: '$.a', In: ['1'] },
    { Match: '$.b', EqualTo: 2 },
  ];
  twin.watch.addInsightRule(rule({ Contribution: { Filters } }));
  twin.line({ tenant: 'both', a: 1, b: 2 });
  twin.line({ tenant: 'one', a: 1, b: 3 });
  expect(reported(twin)).toEqual([['both', 1]]);
});

it('counts nothing while it is disabled', () => {
  const twin = watched();
  twin.watch.addInsightRule(rule({}, { RuleState: 'DISABLED' }));
  twin.line({ tenant: 'blue' });
  expect(reported(twin)).toEqual([]);
});

const onRule = (name: string, Threshold: number) =>
  alarm({
    AlarmName: name,
    Threshold,
    Metrics: [{ Id: 'e', Expression: `INSIGHT_RULE_METRIC("failures", "${name}")`, Period: 300 }],
  });

it.each([
  ['MaxContributorValue', 3],
  ['UniqueContributors', 2],
  ['Sum', 4],
  ['SampleCount', 4],
  ['Maximum', 1],
  ['Minimum', 1],
  ['Average', 1],
])('gives alarms its %s over a period', (name, expected) => {
  const twin = watched();
  twin.watch.addInsightRule(rule());
  twin.watch.addAlarm(onRule(name, expected));
  twin.watch.addAlarm({ ...onRule(name, expected + 1), AlarmName: 'more' });
  for (const tenant of ['blue', 'blue', 'green', 'blue']) {
    twin.line({ tenant });
    twin.pass(1);
  }
  expect(twin.states()).toEqual({ [name]: 'ALARM', more: 'OK' });
});

it.each<readonly [string, object, RegExp]>([
  ['common log format', rule({ LogFormat: 'CLF' }), /JSON only/],
  ['names of fields', rule({ Fields: { '4': 'ip' } }), /Fields/],
  ['five keys', rule({ Contribution: { Keys: ['$.a', '$.b', '$.c', '$.d', '$.e'] } }), /1 to 4 keys/],
  ['no key', rule({ Contribution: { Keys: [] } }), /1 to 4 keys/],
  ['a key that is no field', rule({ Contribution: { Keys: ['tenant'] } }), /expected a selector/],
  ['five filters', rule({ Contribution: { Filters: Array(5).fill({ Match: '$.a', IsPresent: true }) } }), /4 filters/],
  ['eleven texts', rule({ Contribution: { Filters: [{ Match: '$.a', In: Array(11).fill('x') }] } }), /1 to 10 texts/],
  ['two operators', rule({ Contribution: { Filters: [{ Match: '$.a', In: ['x'], EqualTo: 1 }] } }), /it has one of/],
  ['a number as a text', rule({ Contribution: { Filters: [{ Match: '$.a', In: [401] }] } }), /a list of texts/],
  ['a sum of nothing', rule({ AggregateOn: 'Sum' }), /ValueOf goes with/],
  ['another schema', rule({ Schema: { Name: 'CloudWatchLogRule', Version: 2 } }), /version 1/],
  ['a body that is no JSON', { ...rule(), RuleBody: '{' }, /no JSON object/],
  ['a state that is none', rule({}, { RuleState: 'ON' }), /RuleState/],
])('refuses a rule with %s', (_, properties, reason) => {
  expect(() => watched().watch.addInsightRule({ ...properties })).toThrow(reason);
});

it('keeps what it counts within bounds under a flood of contributors', () => {
  const told = jest.spyOn(console, 'error').mockImplementation(() => {});
  const twin = watched();
  twin.watch.addInsightRule(rule());
  for (let n = 0; n < 10_050; n += 1) twin.line({ tenant: String(n) });
  expect(reported(twin)?.length).toBe(10_000);
  expect(told).toHaveBeenCalledTimes(1);
  told.mockRestore();
});
