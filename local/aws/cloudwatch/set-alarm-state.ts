import type { AlarmValue } from '../../watch/watch.ts';
import { AwsError } from '../aws-error.ts';
import { text } from '../fields.ts';
import { alarmArn } from './arns.ts';
import type { Operation } from './cloudwatch.ts';
import { refuseOthers, wrong } from './input.ts';

const values: readonly AlarmValue[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];

/**
 * Sets an alarm's state until it is next evaluated; its actions happen.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 */
export const setAlarmState: Operation = ({ input, gate }, room) => {
  const name = text(input, 'AlarmName');
  gate({ action: 'cloudwatch:SetAlarmState', resource: alarmArn(room, name) });
  refuseOthers(input, ['AlarmName', 'StateValue', 'StateReason']);
  const value = values.find((each) => each === text(input, 'StateValue'));
  if (!value) throw wrong(`StateValue must be one of ${values.join(', ')}.`);
  const reason = text(input, 'StateReason');
  return () => {
    if (!room.watch.alarms().some((alarm) => alarm.name === name))
      throw new AwsError('ResourceNotFound', `There is no alarm ${name}.`, 404);
    room.watch.setAlarmState(name, value, reason);
    return {};
  };
};
