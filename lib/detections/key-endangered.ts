import { defineDetection } from '../detecting/detection.ts';
import { eventNotByDeployment } from '../detecting/patterns.ts';
import { administrator, deployment, iamUser, record } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { matchesEvents } from '../detecting/signals.ts';

/** By nobody, ever: production keeps its keys when a stack goes. */
const ends = ['DisableKey', 'ScheduleKeyDeletion', 'DeleteImportedKeyMaterial'];
/** By a deployment only. Without its grants a table cannot use its key. */
const changes = ['PutKeyPolicy', 'DisableKeyRotation', 'RevokeGrant'];

/** After CIS AWS Foundations 4.7, and changes of a key's policy, by which an administrator could give themselves its use. */
export const keyEndangered = defineDetection({
  name: 'key-endangered',
  title: 'A KMS key was disabled, scheduled for deletion, or its policy changed.',
  severity: 'critical',
  technique: { id: 'T1485', name: 'Data Destruction' },
  impact:
    "Customers' data becomes unreadable when its key goes, for good once it is deleted; a new policy may open it to others.",
  firstCommand: (stage) =>
    `aws cloudtrail lookup-events --region ${stage.region} --lookup-attributes AttributeKey=EventSource,AttributeValue=kms.amazonaws.com --max-results 20`,
  closes: 'person',
  delay: 'seconds to a few minutes: CloudTrail to EventBridge',
  signal: (stage) =>
    matchesEvents({
      source: ['aws.kms'],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        eventSource: ['kms.amazonaws.com'],
        errorCode: [{ exists: false }],
        $or: [{ eventName: ends }, ...eventNotByDeployment(stage).map((by) => ({ eventName: changes, ...by }))],
      },
    }),
  samples: (stage) => {
    const happened = (call: string, by: Parameters<typeof record>[2], more = {}) =>
      once({ trail: record(stage, call, by, { requestParameters: { keyId: 'key-one' }, ...more }) });
    return {
      hits: [
        sample('scheduled for deletion', happened('kms:ScheduleKeyDeletion', administrator(stage))),
        sample('disabled, even by a deployment', happened('kms:DisableKey', deployment(stage))),
        sample('its policy changed by a role', happened('kms:PutKeyPolicy', administrator(stage))),
        sample('its policy changed by a user, who has no role', happened('kms:PutKeyPolicy', iamUser(stage, 'ada'))),
      ],
      misses: [
        sample('a deployment changes its policy', happened('kms:PutKeyPolicy', deployment(stage))),
        sample(
          'keys are used',
          happened('kms:Decrypt', administrator(stage)),
          happened('kms:GenerateDataKey', administrator(stage)),
        ),
      ],
      nearMisses: [
        sample(
          'an attempt that was refused',
          happened('kms:ScheduleKeyDeletion', administrator(stage), { errorCode: 'AccessDenied' }),
        ),
        sample('a deletion is called off', happened('kms:CancelKeyDeletion', administrator(stage))),
      ],
    };
  },
});
