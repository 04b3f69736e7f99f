import { defineDetection } from '../detecting/detection.ts';
import { is, isNot, pattern } from '../detecting/patterns.ts';
import { administrator, awsService, dataRecord, record } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { filtersTrail } from '../detecting/signals.ts';
import { logGroupName, tableArn } from '../names.ts';

/**
 * The trail records calls on items by everybody who is not an application role. Attempts that were refused count too:
 * the keys of the tables let no administrator read, so that an attempt is all that a person can make.
 */
export const tenantTableTouchedByHuman = defineDetection({
  name: 'tenant-table-touched-by-human',
  title: 'Somebody who is not Ringfence read or wrote a tenant table, or tried to.',
  severity: 'critical',
  technique: { id: 'T1530', name: 'Data from Cloud Storage' },
  impact: "A person may have read or changed customers' data past every check of the API.",
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'trail')} --since 30m --filter-pattern '{ $.eventSource = "dynamodb.amazonaws.com" && $.eventCategory = "Data" }'`,
  closes: 'person',
  reports: ['table-calls-by-identity'],
  delay: 'about five minutes: CloudTrail delivers to its log group',
  signal: () =>
    filtersTrail(
      'tenant-table-touched-by-human',
      pattern(
        is('eventSource', 'dynamodb.amazonaws.com'),
        is('eventCategory', 'Data'),
        isNot('userIdentity.type', 'AWSService'),
      ),
    ),
  samples: (stage) => {
    const resources = [{ accountId: stage.account, type: 'AWS::DynamoDB::Table', ARN: tableArn(stage, 'records') }];
    return {
      hits: [
        sample(
          'an administrator reads an item',
          once({ trail: dataRecord(stage, 'dynamodb:GetItem', administrator(stage), { resources }) }),
        ),
        sample(
          'an administrator writes one',
          once({ trail: dataRecord(stage, 'dynamodb:PutItem', administrator(stage), { resources }) }),
        ),
        sample(
          'an administrator tries, and the key refuses',
          once({
            trail: dataRecord(stage, 'dynamodb:Query', administrator(stage), { resources, errorCode: 'AccessDenied' }),
          }),
        ),
      ],
      misses: [
        sample(
          'an administrator looks at the table',
          once({ trail: record(stage, 'dynamodb:DescribeTable', administrator(stage)) }),
        ),
      ],
      nearMisses: [
        sample(
          'DynamoDB itself',
          once({
            trail: dataRecord(stage, 'dynamodb:DeleteItem', awsService('dynamodb.amazonaws.com'), { resources }),
          }),
        ),
        sample(
          'a function is invoked',
          once({ trail: dataRecord(stage, 'lambda:Invoke', awsService('sns.amazonaws.com')) }),
        ),
      ],
    };
  },
});
