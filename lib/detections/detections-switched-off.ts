import { defineDetection } from '../detecting/detection.ts';
import { notByDeployment, oneOf, pattern, succeeded } from '../detecting/patterns.ts';
import { administrator, deployment, record } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { filtersTrail } from '../detecting/signals.ts';

/** CloudWatch, CloudWatch Logs, EventBridge and SNS: what takes an alarm, its metric, its rule or its way away. */
const blinds = [
  'DeleteAlarms',
  'DisableAlarmActions',
  'SetAlarmState',
  'DeleteInsightRules',
  'DisableInsightRules',
  'DeleteMetricFilter',
  'DeleteLogGroup',
  'PutRetentionPolicy',
  'DeleteRule',
  'DisableRule',
  'RemoveTargets',
  'DeleteTopic',
  'SetTopicAttributes',
  'Unsubscribe',
];

/** An account is one stage's: who deletes an alarm in it most likely deletes one of these. */
export const detectionsSwitchedOff = defineDetection({
  name: 'detections-switched-off',
  title: 'An alarm, a filter, a rule, a log group or the topic was deleted or switched off outside the deployment.',
  severity: 'critical',
  technique: { id: 'T1562.001', name: 'Disable or Modify Tools' },
  impact: "What happens to customers' data now may page nobody; the trail still records it.",
  firstCommand: (stage) =>
    `aws cloudwatch describe-alarms --alarm-name-prefix ringfence-${stage.name}- --query 'MetricAlarms[].[AlarmName,ActionsEnabled,StateValue]' --output text`,
  closes: 'person',
  delay: 'about five minutes: CloudTrail delivers to its log group',
  signal: (stage) =>
    filtersTrail('detections-switched-off', pattern(oneOf('eventName', blinds), succeeded, notByDeployment(stage))),
  samples: (stage) => {
    const happened = (call: string, by = administrator(stage), more = {}) =>
      once({ trail: record(stage, call, by, more) });
    return {
      hits: [
        sample('an alarm deleted', happened('monitoring:DeleteAlarms')),
        sample('an alarm that no longer tells', happened('monitoring:DisableAlarmActions')),
        sample('an alarm set to OK by hand', happened('monitoring:SetAlarmState')),
        sample('a filter deleted', happened('logs:DeleteMetricFilter')),
        sample('a rule disabled', happened('events:DisableRule')),
        sample('the pager no longer subscribed', happened('sns:Unsubscribe')),
      ],
      misses: [
        sample(
          'a deployment',
          happened('monitoring:DeleteAlarms', deployment(stage)),
          happened('events:RemoveTargets', deployment(stage)),
        ),
        sample('alarms are read', happened('monitoring:DescribeAlarms')),
      ],
      nearMisses: [
        sample(
          'an attempt that was refused',
          happened('monitoring:DeleteAlarms', administrator(stage), { errorCode: 'AccessDenied' }),
        ),
        sample("an alarm of somebody's own", happened('monitoring:PutMetricAlarm')),
        sample('one log stream deleted', happened('logs:DeleteLogStream')),
      ],
    };
  },
});
