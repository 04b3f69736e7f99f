import { logGroupArn, logGroupName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { allow, type Statement } from '../statement.ts';
import { administered } from './administration.ts';

/** AWS WAF logs only to a group of this prefix: https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html */
export const webAclLogGroupName = (stage: Stage): string => `aws-waf-logs-ringfence-${stage.name}`;

/**
 * The key of the log groups: CloudWatch Logs in this region, for log groups of this stage.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export const logsKeyPolicy = (stage: Stage): readonly Statement[] => [
  administered(stage),
  {
    ...allow(
      'LogGroups',
      ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      ['*'],
      {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': [logGroupName(stage, '*'), webAclLogGroupName(stage)].map((name) =>
            logGroupArn(stage, name),
          ),
        },
      },
    ),
    Principal: { Service: `logs.${stage.region}.amazonaws.com` },
  },
];
