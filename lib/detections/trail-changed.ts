import { defineDetection } from '../detecting/detection.ts';
import { eventNotByDeployment } from '../detecting/patterns.ts';
import { administrator, deployment, iamUser, record } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { matchesEvents } from '../detecting/signals.ts';
import { trailArn, trailName } from '../names.ts';

/** By nobody, ever. */
const ends = ['StopLogging', 'DeleteTrail'];
/** By a deployment only. */
const changes = ['UpdateTrail', 'PutEventSelectors', 'PutInsightSelectors'];

/** After CIS AWS Foundations 4.5. An event rule, since after StopLogging the log group gets nothing more. */
export const trailChanged = defineDetection({
  name: 'trail-changed',
  title: 'The audit trail was stopped, deleted or changed.',
  severity: 'critical',
  technique: { id: 'T1562.008', name: 'Disable or Modify Cloud Logs' },
  impact: 'What happens in the account now may leave no evidence; what was recorded stays in the locked bucket.',
  firstCommand: (stage) => `aws cloudtrail get-trail-status --name ${trailArn(stage)}`,
  closes: 'person',
  delay: 'seconds to a few minutes: CloudTrail to EventBridge',
  signal: (stage) =>
    matchesEvents({
      source: ['aws.cloudtrail'],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        eventSource: ['cloudtrail.amazonaws.com'],
        errorCode: [{ exists: false }],
        $or: [{ eventName: ends }, ...eventNotByDeployment(stage).map((by) => ({ eventName: changes, ...by }))],
      },
    }),
  samples: (stage) => {
    const happened = (call: string, by: Parameters<typeof record>[2], more = {}) =>
      once({ trail: record(stage, call, by, { requestParameters: { name: trailName(stage) }, ...more }) });
    return {
      hits: [
        sample('stopped', happened('cloudtrail:StopLogging', administrator(stage))),
        sample('deleted, even by a deployment', happened('cloudtrail:DeleteTrail', deployment(stage))),
        sample('its selectors changed by a role', happened('cloudtrail:PutEventSelectors', administrator(stage))),
        sample(
          'pointed elsewhere by a user, who has no role',
          happened('cloudtrail:UpdateTrail', iamUser(stage, 'ada')),
        ),
      ],
      misses: [
        sample(
          'a deployment changes it',
          happened('cloudtrail:UpdateTrail', deployment(stage)),
          happened('cloudtrail:PutEventSelectors', deployment(stage)),
        ),
      ],
      nearMisses: [
        sample(
          'an attempt that was refused',
          happened('cloudtrail:StopLogging', administrator(stage), { errorCode: 'AccessDenied' }),
        ),
        sample('its status is read', happened('cloudtrail:GetTrailStatus', administrator(stage))),
      ],
    };
  },
});
