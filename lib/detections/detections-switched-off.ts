import { defineDetection } from '../detecting/detection.ts';
import { eventNotByDeployment } from '../detecting/patterns.ts';
import { administrator, deployment, iamUser, record } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { matchesEvents } from '../detecting/signals.ts';
import { alarmName, alarmsTopicArn, functionName, logGroupName, pagerSecretName } from '../names.ts';
import type { Stage } from '../stage.ts';

/** CloudWatch, CloudWatch Logs and SNS: what takes an alarm, its metric or its way away. An account is one stage's. */
const blinds = [
  'DeleteAlarms',
  'DisableAlarmActions',
  'SetAlarmState',
  'PutAlarmMuteRule',
  'DeleteInsightRules',
  'DisableInsightRules',
  'DeleteMetricFilter',
  'DeleteLogGroup',
  'PutRetentionPolicy',
  'DeleteTopic',
  'SetTopicAttributes',
  'SetSubscriptionAttributes',
  'Unsubscribe',
];

/** What anybody does to things of their own, and nobody to these: put over ours, or shut. */
const toOurs = (stage: Stage) => {
  const ours = [{ prefix: `ringfence-${stage.name}-` }];
  const named = (eventName: readonly string[], requestParameters: Readonly<Record<string, unknown>>) => ({
    eventName,
    requestParameters,
  });
  return [
    named(['PutMetricAlarm', 'PutCompositeAlarm'], { alarmName: ours }),
    named(['PutInsightRule'], { ruleName: ours }),
    named(['PutMetricFilter', 'PutDataProtectionPolicy'], {
      $or: [
        { logGroupName: [{ prefix: logGroupName(stage, '') }] },
        { logGroupIdentifier: [{ wildcard: `*${logGroupName(stage, '')}*` }] },
      ],
    }),
    named(['AddPermission', 'RemovePermission'], { topicArn: [alarmsTopicArn(stage)] }),
    named(['DeleteSecret', 'PutResourcePolicy', 'DeleteResourcePolicy'], {
      secretId: [{ wildcard: `*${pagerSecretName(stage)}*` }],
    }),
    // The two functions that watch. The others an on-call may stop.
    named(['PutFunctionConcurrency20171031'], {
      functionName: ['pager', 'archive'].map((name) => ({ wildcard: `*${functionName(stage, { name })}*` })),
    }),
  ];
};

/**
 * An event rule, since what is deleted here may be the very alarm, filter or log group that would tell of it. The rule
 * itself is watched from there: event-rule-changed.
 */
export const detectionsSwitchedOff = defineDetection({
  name: 'detections-switched-off',
  title: 'An alarm, a filter, a log group, the topic or the pager was switched off or changed outside the deployment.',
  severity: 'critical',
  technique: { id: 'T1562.001', name: 'Disable or Modify Tools' },
  impact: "What happens to customers' data now may page nobody; the trail still records it.",
  firstCommand: (stage) =>
    `aws cloudwatch describe-alarms --alarm-name-prefix ringfence-${stage.name}- --query 'MetricAlarms[].[AlarmName,ActionsEnabled,StateValue]' --output text`,
  closes: 'person',
  delay: 'seconds to a few minutes: CloudTrail to EventBridge',
  signal: (stage) =>
    matchesEvents({
      // EventBridge names a service as its CloudTrail records do.
      source: ['aws.monitoring', 'aws.logs', 'aws.sns', 'aws.secretsmanager', 'aws.lambda'],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        errorCode: [{ exists: false }],
        userIdentity: { $or: eventNotByDeployment(stage).map(({ userIdentity }) => userIdentity) },
        $or: [{ eventName: blinds }, ...toOurs(stage)],
      },
    }),
  samples: (stage) => {
    const happened = (call: string, requestParameters = {}, by = administrator(stage), more = {}) =>
      once({ trail: record(stage, call, by, { requestParameters, ...more }) });
    const alarm = alarmName(stage, 'root-used');
    const trailGroup = logGroupName(stage, 'trail');
    return {
      hits: [
        sample('an alarm deleted', happened('monitoring:DeleteAlarms')),
        sample('by a user, who has no role', happened('monitoring:DeleteAlarms', {}, iamUser(stage, 'ada'))),
        sample('an alarm that no longer tells', happened('monitoring:DisableAlarmActions')),
        sample('an alarm set to OK by hand', happened('monitoring:SetAlarmState')),
        sample('alarms muted for a time', happened('monitoring:PutAlarmMuteRule')),
        sample('an alarm put over ours', happened('monitoring:PutMetricAlarm', { alarmName: alarm, threshold: 1e6 })),
        sample('its filter deleted', happened('logs:DeleteMetricFilter')),
        sample('a filter put over ours', happened('logs:PutMetricFilter', { logGroupName: trailGroup })),
        sample('the log group that most filters read', happened('logs:DeleteLogGroup', { logGroupName: trailGroup })),
        sample('the pager no longer subscribed', happened('sns:Unsubscribe')),
        sample(
          'the pager subscribed to what never comes',
          happened('sns:SetSubscriptionAttributes', { attributeName: 'FilterPolicy' }),
        ),
        sample('others publish', happened('sns:AddPermission', { topicArn: alarmsTopicArn(stage) })),
        sample(
          "the pager's keys deleted",
          happened('secretsmanager:DeleteSecret', { secretId: pagerSecretName(stage) }),
        ),
        sample(
          'no instance left for the pager',
          happened('lambda:PutFunctionConcurrency20171031', { functionName: functionName(stage, { name: 'pager' }) }),
        ),
      ],
      misses: [
        sample(
          'a deployment',
          happened('monitoring:DeleteAlarms', {}, deployment(stage)),
          happened('monitoring:PutMetricAlarm', { alarmName: alarm }, deployment(stage)),
          happened('logs:PutMetricFilter', { logGroupName: trailGroup }, deployment(stage)),
        ),
        sample('alarms are read', happened('monitoring:DescribeAlarms')),
      ],
      nearMisses: [
        sample(
          'an attempt that was refused',
          happened('monitoring:DeleteAlarms', {}, administrator(stage), { errorCode: 'AccessDenied' }),
        ),
        sample("an alarm of somebody's own", happened('monitoring:PutMetricAlarm', { alarmName: 'invoices-late' })),
        sample("a filter of somebody's own", happened('logs:PutMetricFilter', { logGroupName: '/invoices' })),
        sample('one log stream deleted', happened('logs:DeleteLogStream', { logGroupName: trailGroup })),
        sample(
          'an on-call stops a function of customers',
          happened('lambda:PutFunctionConcurrency20171031', { functionName: functionName(stage, { name: 'catalog' }) }),
        ),
        sample(
          "the pager's keys put, as its operator does",
          happened('secretsmanager:PutSecretValue', { secretId: pagerSecretName(stage) }),
        ),
      ],
    };
  },
});
