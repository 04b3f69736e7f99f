import type { AlarmDescription } from '../../watch/watch.ts';
import { type Fields, optionalList, optionalNumber, optionalText } from '../fields.ts';
import { alarmArn } from './arns.ts';
import type { Operation } from './cloudwatch.ts';
import { refuseOthers } from './input.ts';

const known = ['AlarmNames', 'AlarmNamePrefix', 'AlarmTypes', 'StateValue', 'MaxRecords'];

/**
 * Alarms by name, prefix, type and state; composite alarms only where their type is asked for. No pages.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export const describeAlarms: Operation = ({ input, gate }, room) => {
  gate({ action: 'cloudwatch:DescribeAlarms', resource: alarmArn(room, '*') });
  refuseOthers(input, known);
  const names = optionalList(input, 'AlarmNames');
  const types = optionalList(input, 'AlarmTypes') ?? ['MetricAlarm'];
  const prefix = optionalText(input, 'AlarmNamePrefix') ?? '';
  const value = optionalText(input, 'StateValue');
  const most = optionalNumber(input, 'MaxRecords') ?? 100;
  return () => {
    const found = room.watch
      .descriptions()
      .filter(({ kind }) => types.includes(kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm'))
      .filter(({ state }) => names === undefined || names.includes(state.name))
      .filter(({ state }) => state.name.startsWith(prefix) && (value === undefined || state.value === value))
      .slice(0, most);
    const described = (kind: AlarmDescription['kind']) => found.filter((each) => each.kind === kind).map(describe);
    return { MetricAlarms: described('metric'), CompositeAlarms: described('composite') };
  };
};

/** A template and the API call most things by the same names. */
const describe = ({ properties: { Tags, ...properties }, state }: AlarmDescription): Fields => ({
  ActionsEnabled: true,
  AlarmActions: [],
  OKActions: [],
  InsufficientDataActions: [],
  ...properties,
  AlarmArn: state.arn,
  StateValue: state.value,
  StateReason: state.reason,
  StateUpdatedTimestamp: state.since / 1000,
});
