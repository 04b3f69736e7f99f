import { defineDetection } from '../detecting/detection.ts';
import { is, isMissing, isNot, pattern } from '../detecting/patterns.ts';
import { administrator, record, rootUser, signIn } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { filtersTrail } from '../detecting/signals.ts';
import { logGroupName } from '../names.ts';

/** After CIS AWS Foundations 4.3. */
export const rootUsed = defineDetection({
  name: 'root-used',
  title: 'The root user of the AWS account did something.',
  severity: 'critical',
  technique: { id: 'T1078.004', name: 'Cloud Accounts' },
  impact: "Root may do anything, to every customer's data; nobody needs it in daily work.",
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'trail')} --since 30m --filter-pattern '{ $.userIdentity.type = "Root" }'`,
  closes: 'person',
  delay: 'about five minutes: CloudTrail delivers to its log group',
  signal: () =>
    filtersTrail(
      'root-used',
      pattern(
        is('userIdentity.type', 'Root'),
        isMissing('userIdentity.invokedBy'),
        isNot('eventType', 'AwsServiceEvent'),
      ),
    ),
  samples: (stage) => ({
    hits: [
      sample('root signs in', once({ trail: signIn(stage, rootUser(stage), 'Success', 'Yes') })),
      sample('root makes a call', once({ trail: record(stage, 'iam:CreateAccessKey', rootUser(stage)) })),
    ],
    misses: [
      sample('an administrator signs in', once({ trail: signIn(stage, administrator(stage), 'Success', 'No') })),
    ],
    nearMisses: [
      sample(
        'a service acts for the account',
        once({
          trail: record(stage, 'kms:Decrypt', { ...rootUser(stage), invokedBy: 'rds.amazonaws.com' }),
        }),
      ),
      sample(
        'an event of a service',
        once({ trail: record(stage, 'kms:RotateKey', rootUser(stage), { eventType: 'AwsServiceEvent' }) }),
      ),
    ],
  }),
});
