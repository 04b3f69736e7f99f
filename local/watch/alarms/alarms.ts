import { TwinError } from '../../twin-error.ts';
import type { AlarmChange, AlarmDescription, AlarmState, AlarmValue } from '../watch.ts';
import { type Alarm, alarmMessage, type Place, type Transition } from './alarm-message.ts';
import type { CompositeAlarm } from './composite-alarm.ts';
import { evaluateMetricAlarm, reachMs } from './evaluate-metric-alarm.ts';
import type { MetricAlarm } from './metric-alarm.ts';

/** Every alarm and its state. */
export interface Alarms {
  add(alarm: Alarm, at: number): void;
  /** The name of an alarm by name or ARN. */
  nameOf(nameOrArn: string): string | undefined;
  /** Evaluates all alarms as at a whole minute: those on metrics first, then those on alarms, which follow at once. */
  evaluateAt(at: number): void;
  /** Sets a state by hand, until the next evaluation. Throws for an alarm that is not there. */
  set(name: string, value: AlarmValue, reason: string, at: number): void;
  states(): readonly AlarmState[];
  descriptions(): readonly AlarmDescription[];
  onChange(listener: (change: AlarmChange) => void): void;
  /** How far back the furthest alarm looks, in milliseconds. */
  reachMs(): number;
}

interface Entry {
  readonly alarm: Alarm;
  readonly madeAt: number;
  value: AlarmValue;
  reason: string;
  since: number;
}

export const createAlarms = (place: Place): Alarms => {
  const entries = new Map<string, Entry>();
  const listeners: ((change: AlarmChange) => void)[] = [];

  const entryOf = (name: string): Entry => {
    const entry = entries.get(name);
    if (!entry) throw new TwinError(`There is no alarm ${name}.`, `There are: ${[...entries.keys()].join(', ')}.`);
    return entry;
  };
  const change = (
    entry: Entry,
    next: Pick<Transition, 'to' | 'reason' | 'at'> & Partial<Pick<Transition, 'children'>>,
  ): void => {
    const { alarm, madeAt, value: from } = entry;
    const { to, at, reason, children = [] } = next;
    Object.assign(entry, { value: to, reason, since: at });
    const message = alarmMessage(alarm, { from, to, at, reason, madeAt, children }, place);
    const actions = alarm.actionsEnabled ? alarm.actions[to] : [];
    const told = { alarmName: alarm.name, alarmArn: alarm.arn, from, to, at, reason, actions, message };
    for (const listener of listeners) listener(told);
  };
  const evaluateMetric = (entry: Entry, alarm: MetricAlarm, at: number): boolean => {
    const { value, reason } = evaluateMetricAlarm(alarm, at);
    if (value === undefined || value === entry.value) return false;
    change(entry, { to: value, reason, at });
    return true;
  };
  /** In the order they were made, so that children come before their parents. */
  const evaluateComposites = (at: number, changed: Set<string>): void => {
    for (const entry of entries.values()) {
      const { alarm } = entry;
      if (alarm.kind !== 'composite') continue;
      const to = alarm.rule.holds((name) => entryOf(name).value) ? 'ALARM' : 'OK';
      if (to === entry.value) continue;
      const children = alarm.rule.children.filter((name) => changed.has(name)).map((name) => childOf(entryOf(name)));
      change(entry, { to, reason: compositeReason(alarm, to, children, at), at, children });
      changed.add(alarm.name);
    }
  };

  return {
    add: (alarm, at) => {
      if (entries.has(alarm.name)) throw new TwinError(`There are two alarms ${alarm.name}.`, 'Rename one.');
      const reason = 'Unchecked: Initial alarm creation';
      entries.set(alarm.name, { alarm, madeAt: at, value: 'INSUFFICIENT_DATA', reason, since: at });
    },
    nameOf: (nameOrArn) =>
      entries.has(nameOrArn)
        ? nameOrArn
        : [...entries.values()].find(({ alarm }) => alarm.arn === nameOrArn)?.alarm.name,
    evaluateAt: (at) => {
      const changed = new Set<string>();
      for (const entry of entries.values())
        if (entry.alarm.kind === 'metric' && evaluateMetric(entry, entry.alarm, at)) changed.add(entry.alarm.name);
      evaluateComposites(at, changed);
    },
    set: (name, value, reason, at) => {
      const entry = entryOf(name);
      if (entry.value === value) return;
      change(entry, { to: value, reason, at });
      evaluateComposites(at, new Set([name]));
    },
    states: () =>
      [...entries.values()].map(({ alarm: { name, arn }, value, reason, since }) => ({
        name,
        arn,
        value,
        reason,
        since,
      })),
    descriptions: () =>
      [...entries.values()].map(({ alarm: { kind, name, arn, properties }, value, reason, since }) => ({
        ...{ kind, properties },
        state: { name, arn, value, reason, since },
      })),
    onChange: (listener) => void listeners.push(listener),
    reachMs: () =>
      [...entries.values()].reduce(
        (most, { alarm }) => Math.max(most, alarm.kind === 'metric' ? reachMs(alarm) : 0),
        0,
      ),
  };
};

type Child = Transition['children'][number];

const childOf = ({ alarm: { arn }, value, since }: Entry): Child => ({ arn, value, at: since });

const compositeReason = (
  { ruleText }: CompositeAlarm,
  to: AlarmValue,
  children: readonly Child[],
  at: number,
): string => {
  const first = children.find(({ value }) => value === to) ?? children[0];
  if (!first) return `${ruleText} evaluates to ${to}`;
  return `${first.arn} transitioned to ${first.value} at ${longTime(at)}`;
};

/** `Friday 10 April, 2020 00:26:11 UTC` */
const longTime = (at: number): string => {
  const date = new Date(at);
  const part = (options: Intl.DateTimeFormatOptions): string =>
    date.toLocaleString('en-GB', { timeZone: 'UTC', ...options });
  const day = `${part({ weekday: 'long' })} ${part({ day: '2-digit' })} ${part({ month: 'long' })}, ${date.getUTCFullYear()}`;
  return `${day} ${date.toISOString().slice(11, 19)} UTC`;
};
