import fc from 'fast-check';
import { parseAlarmRule } from '../../../local/watch/alarms/alarm-rule.ts';
import type { AlarmValue } from '../../../local/watch/watch.ts';
import { alarm, metric, topic, watched } from './watched.ts';

const arn = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm';
const errorsOf = (name: string) => ({ ...metric, name });
const made = (rule: string, more: object = {}) => {
  const twin = watched();
  for (const name of ['a', 'b']) twin.watch.addAlarm(alarm({ AlarmName: name, MetricName: name }));
  twin.watch.addCompositeAlarm({ AlarmName: 'any', AlarmRule: rule, AlarmActions: [topic], ...more });
  return twin;
};

it('goes to ALARM with a child, and its message names the rule and the child', () => {
  const { put, pass, changes } = made('ALARM("a") OR ALARM("b")', { AlarmDescription: 'either' });
  pass(1);
  put(1, errorsOf('b'));
  pass(1);
  const change = changes.at(-1);
  expect(change).toMatchObject({ alarmName: 'any', from: 'OK', to: 'ALARM', actions: [topic] });
  expect(change?.message).toEqual({
    AlarmName: 'any',
    AlarmDescription: 'either',
    AWSAccountId: '111122223333',
    NewStateValue: 'ALARM',
    NewStateReason: `${arn}:b transitioned to ALARM at Monday 23 November, 2026 12:02:00 UTC`,
    StateChangeTime: '2026-11-23T12:02:00.000+0000',
    Region: 'EU (Ireland)',
    AlarmArn: `${arn}:any`,
    OldStateValue: 'OK',
    OKActions: [],
    AlarmActions: [topic],
    InsufficientDataActions: [],
    AlarmRule: 'ALARM("a") OR ALARM("b")',
    TriggeringChildren: [{ Arn: `${arn}:b`, State: { Value: 'ALARM', Timestamp: '2026-11-23T12:02:00.000+0000' } }],
  });
});

it('fires once while children come and go, and is over with the last of them', () => {
  const { put, pass, changes } = made('ALARM(a) OR ALARM(b)');
  pass(1);
  put(1, errorsOf('a'));
  pass(2);
  put(1, errorsOf('b'));
  pass(20);
  expect(changes.filter(({ alarmName }) => alarmName === 'any').map(({ to }) => to)).toEqual(['OK', 'ALARM', 'OK']);
});

it('knows children by ARN, and parents of parents in the same minute', () => {
  const { watch, put, pass, states } = made(`ALARM("${arn}:a") AND OK(b)`);
  watch.addCompositeAlarm({ AlarmName: 'above', AlarmRule: 'ALARM("any")' });
  put(1, errorsOf('a'));
  pass(1);
  expect(states()).toEqual({ a: 'ALARM', b: 'OK', any: 'ALARM', above: 'ALARM' });
});

it.each<readonly [string, Readonly<Record<string, unknown>>, RegExp]>([
  ['a child that is not there', { AlarmRule: 'ALARM("none")' }, /there is no alarm none/],
  ['a rule that does not end', { AlarmRule: 'ALARM(a' }, /expected \)/],
  ['a rule with another function', { AlarmRule: 'AT_LEAST(1, ALARM, (a, b))' }, /expected ALARM/],
  ['two conditions with nothing between', { AlarmRule: 'ALARM(a) ALARM(b)' }, /expected AND, OR or the end/],
  ['an action suppressor', { AlarmRule: 'TRUE', ActionsSuppressor: 'a' }, /ActionsSuppressor/],
])('refuses %s', (_, more, reason) => {
  expect(() => made('TRUE').watch.addCompositeAlarm({ AlarmName: 'x', ...more })).toThrow(reason);
});

/** A rule as a tree, with what it comes to. */
interface Tree {
  readonly text: string;
  readonly holds: (states: Readonly<Record<string, AlarmValue>>) => boolean;
}
const values: readonly AlarmValue[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];
const leaf = fc
  .tuple(fc.constantFrom(...values), fc.constantFrom('x', 'y', 'z'))
  .map(([value, name]): Tree => ({ text: `${value}("${name}")`, holds: (states) => states[name] === value }));
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    tie('tree').map(({ text, holds }): Tree => ({ text: `NOT (${text})`, holds: (states) => !holds(states) })),
    fc.tuple(tie('tree'), tie('tree')).map(
      ([left, right]): Tree => ({
        text: `(${left.text}) AND (${right.text})`,
        holds: (states) => left.holds(states) && right.holds(states),
      }),
    ),
    fc.tuple(leaf, leaf, tie('tree')).map(
      ([first, second, third]): Tree => ({
        text: `${first.text} OR NOT ${second.text} AND (${third.text})`,
        holds: (states) => first.holds(states) || (!second.holds(states) && third.holds(states)),
      }),
    ),
  ),
}));

it('holds exactly when its parts do: NOT before AND before OR', () => {
  const states = fc.record({
    x: fc.constantFrom(...values),
    y: fc.constantFrom(...values),
    z: fc.constantFrom(...values),
  });
  fc.assert(
    fc.property(tree, states, ({ text, holds }, now) => {
      const rule = parseAlarmRule(text, (name) => name);
      expect(rule.holds((name) => now[name as keyof typeof now])).toBe(holds(now));
    }),
    { numRuns: 500 },
  );
});
