import { defineDetection } from '../detecting/detection.ts';
import { isNot, oneOf, pattern } from '../detecting/patterns.ts';
import { administrator, awsService, iamUser, record } from '../detecting/records.ts';
import { sample, times } from '../detecting/sample.ts';
import { atLeast, filtersTrail } from '../detecting/signals.ts';
import { logGroupName } from '../names.ts';

/** After CIS AWS Foundations 4.1, as a burst: people and consoles run into refusals every day. */
export const unauthorizedCallsBurst = defineDetection({
  name: 'unauthorized-calls-burst',
  title: 'AWS refused many calls within five minutes.',
  severity: 'warning',
  technique: { id: 'T1580', name: 'Cloud Infrastructure Discovery' },
  impact: 'Somebody may be trying out what stolen AWS credentials can do; or something of ours lacks a right.',
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'trail')} --since 30m --filter-pattern '{ $.errorCode = "AccessDenied*" || $.errorCode = "*UnauthorizedOperation" }'`,
  closes: 'person',
  reports: ['calls-refused-by-aws'],
  delay: 'about five minutes: CloudTrail delivers to its log group',
  signal: () =>
    filtersTrail(
      'unauthorized-calls-burst',
      pattern(
        oneOf('errorCode', ['AccessDenied*', '*UnauthorizedOperation']),
        isNot('sourceIPAddress', 'delivery.logs.amazonaws.com'),
        isNot('eventName', 'HeadBucket'),
      ),
      atLeast(20, 300),
    ),
  samples: (stage) => {
    const refusals = (count: number, seconds: number, call = 's3:ListBuckets', errorCode = 'AccessDenied', more = {}) =>
      times(count, seconds, () => ({
        trail: record(stage, call, iamUser(stage, 'ada'), { errorCode, ...more }),
      }));
    return {
      hits: [
        sample('twenty refusals in a minute', refusals(20, 50)),
        sample(
          'twenty of EC2, which has a word of its own',
          refusals(20, 50, 'ec2:DescribeInstances', 'Client.UnauthorizedOperation'),
        ),
        sample('twenty of DynamoDB', refusals(20, 50, 'dynamodb:ListTables', 'AccessDeniedException')),
      ],
      misses: [
        sample(
          'many calls that are allowed',
          times(60, 50, () => ({ trail: record(stage, 'ec2:DescribeInstances', administrator(stage)) })),
        ),
      ],
      nearMisses: [
        sample('nineteen', refusals(19, 50)),
        sample('as many over an hour', refusals(60, 3600)),
        sample('as many that were wrong, not refused', refusals(30, 50, 's3:GetBucketPolicy', 'NoSuchBucketPolicy')),
        sample(
          'a service that delivers logs',
          refusals(30, 50, 's3:PutObject', 'AccessDenied', {
            userIdentity: awsService('delivery.logs.amazonaws.com'),
            sourceIPAddress: 'delivery.logs.amazonaws.com',
          }),
        ),
      ],
    };
  },
});
