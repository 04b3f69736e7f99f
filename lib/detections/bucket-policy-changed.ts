import { defineDetection } from '../detecting/detection.ts';
import { is, isNot, notByDeployment, oneOf, pattern, succeeded } from '../detecting/patterns.ts';
import { administrator, deployment, record } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { filtersTrail } from '../detecting/signals.ts';
import { logGroupName } from '../names.ts';

const changes = ['PutBucket*', 'DeleteBucket*', 'PutAccountPublicAccessBlock', 'DeleteAccountPublicAccessBlock'];

/** After CIS AWS Foundations 4.8: who may read a bucket, also through public access, replication, locks and lifecycle. */
export const bucketPolicyChanged = defineDetection({
  name: 'bucket-policy-changed',
  title: "A bucket's policy, public access, lock or encryption was changed outside the deployment.",
  severity: 'error',
  technique: { id: 'T1530', name: 'Data from Cloud Storage' },
  impact: "Evidence or customers' audit events may be open to others, or no longer kept.",
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'trail')} --since 30m --filter-pattern '{ $.eventSource = "s3.amazonaws.com" && $.readOnly IS FALSE }'`,
  closes: 'person',
  delay: 'about five minutes: CloudTrail delivers to its log group',
  signal: (stage) =>
    filtersTrail(
      'bucket-policy-changed',
      pattern(
        is('eventSource', 's3.amazonaws.com'),
        oneOf('eventName', changes),
        isNot('eventName', 'PutBucketTagging'),
        succeeded,
        notByDeployment(stage),
      ),
    ),
  samples: (stage) => {
    const happened = (call: string, by: Parameters<typeof record>[2], more = {}) =>
      once({ trail: record(stage, call, by, more) });
    return {
      hits: [
        sample('a new policy', happened('s3:PutBucketPolicy', administrator(stage))),
        sample('public access allowed', happened('s3:DeleteBucketPublicAccessBlock', administrator(stage))),
        sample(
          'public access allowed in the account',
          happened('s3:DeleteAccountPublicAccessBlock', administrator(stage)),
        ),
        sample('a shorter lock', happened('s3:PutBucketObjectLockConfiguration', administrator(stage))),
      ],
      misses: [sample('a deployment', happened('s3:PutBucketPolicy', deployment(stage)))],
      nearMisses: [
        sample(
          'an attempt that was refused',
          happened('s3:PutBucketPolicy', administrator(stage), { errorCode: 'AccessDenied' }),
        ),
        sample('its policy is read', happened('s3:GetBucketPolicy', administrator(stage))),
        sample('it gets a tag', happened('s3:PutBucketTagging', administrator(stage))),
      ],
    };
  },
});
