import type { Watch } from '../../watch/watch.ts';
import { AwsError, notBuilt } from '../aws-error.ts';
import type { Fields } from '../fields.ts';
import { jsonAnswer, jsonProtocol } from '../protocol.ts';
import type { Service, ServiceCall } from '../service.ts';
import type { World } from '../world.ts';
import { describeAlarms } from './describe-alarms.ts';
import { getInsightRuleReport } from './get-insight-rule-report.ts';
import { getMetricData } from './get-metric-data.ts';
import { setAlarmState } from './set-alarm-state.ts';

/** What the operations work with. */
export interface Room {
  readonly world: Pick<World, 'account' | 'region'>;
  readonly watch: Watch;
}

/** Authorizes, does nothing else, and returns the work. */
export type Operation = (call: ServiceCall, room: Room) => () => Fields;

const operations: Readonly<Record<string, Operation>> = {
  DescribeAlarms: describeAlarms,
  GetInsightRuleReport: getInsightRuleReport,
  GetMetricData: getMetricData,
  SetAlarmState: setAlarmState,
};

/** CloudWatch: what alarms, metrics and Contributor Insights rules know, for callers whose policies allow it. */
export const createCloudWatch = (room: Room): Service => ({
  name: 'monitoring',
  protocol: jsonProtocol('GraniteServiceVersion20100801', '1.0', () => 'com.amazonaws.cloudwatch#'),
  throttled: () => new AwsError('ThrottlingException', 'Rate exceeded'),
  authorize: (call) => {
    const operation = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
    if (operation === undefined) throw notBuilt('CloudWatch', call.operation);
    const run = operation(call, room);
    return () => jsonAnswer(run(), '1.0');
  },
});
