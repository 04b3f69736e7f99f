import { defineDetection } from '../detecting/detection.ts';
import { any, is, notByDeployment, oneOf, pattern, succeeded } from '../detecting/patterns.ts';
import { administrator, deployment, record } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { filtersTrail } from '../detecting/signals.ts';
import { alarmName } from '../names.ts';

const changes = ['DeleteRule', 'DisableRule', 'PutRule', 'PutTargets', 'RemoveTargets'];

/** A filter, since a rule that is gone tells nothing. What reads the trail's log group is watched by a rule in turn. */
export const eventRuleChanged = defineDetection({
  name: 'event-rule-changed',
  title: 'An event rule that watches trail, keys or alarms was deleted, disabled or changed outside the deployment.',
  severity: 'critical',
  technique: { id: 'T1562.001', name: 'Disable or Modify Tools' },
  impact: "The trail, the keys of customers' data or the alarms may now be switched off, and nobody would be paged.",
  firstCommand: (stage) =>
    `aws events list-rules --region ${stage.region} --name-prefix ringfence-${stage.name}- --query 'Rules[].[Name,State]' --output text`,
  closes: 'person',
  delay: 'about five minutes: CloudTrail delivers to its log group',
  signal: (stage) =>
    filtersTrail(
      'event-rule-changed',
      pattern(
        is('eventSource', 'events.amazonaws.com'),
        oneOf('eventName', changes),
        any(
          is('requestParameters.name', `ringfence-${stage.name}-*`),
          is('requestParameters.rule', `ringfence-${stage.name}-*`),
        ),
        succeeded,
        notByDeployment(stage),
      ),
    ),
  samples: (stage) => {
    const name = alarmName(stage, 'trail-changed');
    const happened = (call: string, requestParameters: object, by = administrator(stage), more = {}) =>
      once({ trail: record(stage, `events:${call}`, by, { requestParameters, ...more }) });
    return {
      hits: [
        sample('disabled', happened('DisableRule', { name })),
        sample('deleted', happened('RemoveTargets', { rule: name }), happened('DeleteRule', { name })),
        sample('it tells nobody', happened('RemoveTargets', { rule: name })),
        sample('it tells somebody else', happened('PutTargets', { rule: name })),
        sample('it looks for something else', happened('PutRule', { name })),
      ],
      misses: [
        sample(
          'a deployment',
          happened('PutRule', { name }, deployment(stage)),
          happened('RemoveTargets', { rule: name }, deployment(stage)),
        ),
      ],
      nearMisses: [
        sample("a rule of somebody's own", happened('DisableRule', { name: 'nightly-report' })),
        sample('it is read', happened('DescribeRule', { name })),
        sample(
          'an attempt that was refused',
          happened('DisableRule', { name }, administrator(stage), { errorCode: 'AccessDenied' }),
        ),
      ],
    };
  },
});
