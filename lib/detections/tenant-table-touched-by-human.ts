import { defineDetection } from '../detecting/detection.ts';
import { any, is, isNot, oneOf, pattern } from '../detecting/patterns.ts';
import { administrator, awsService, dataRecord, record } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { filtersTrail } from '../detecting/signals.ts';
import { logGroupName, tableArn } from '../names.ts';

/** A whole table at once, to a bucket, a stream or a table that the trail does not watch: management events. */
const copies = ['ExportTableToPointInTime', 'RestoreTable*', '*KinesisStreamingDestination'];

/**
 * The trail records calls on items by everybody who is not an application role. Attempts that were refused count too:
 * the keys of the tables let no administrator read, so that an attempt is all that a person can make.
 */
export const tenantTableTouchedByHuman = defineDetection({
  name: 'tenant-table-touched-by-human',
  title: 'Somebody who is not Ringfence read, wrote or copied a tenant table, or tried to.',
  severity: 'critical',
  technique: { id: 'T1530', name: 'Data from Cloud Storage' },
  impact: "A person may have read, changed or copied customers' data past every check of the API.",
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
        isNot('userIdentity.type', 'AWSService'),
        any(is('eventCategory', 'Data'), oneOf('eventName', copies)),
        isNot('eventName', 'Describe*'),
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
          'an administrator reads by a statement',
          once({ trail: dataRecord(stage, 'dynamodb:ExecuteStatement', administrator(stage), { resources }) }),
        ),
        ...['ExportTableToPointInTime', 'RestoreTableFromBackup', 'RestoreTableToPointInTime'].map((call) =>
          sample(`all of it: ${call}`, once({ trail: record(stage, `dynamodb:${call}`, administrator(stage)) })),
        ),
        sample(
          'every change from now on, to a stream',
          once({ trail: record(stage, 'dynamodb:EnableKinesisStreamingDestination', administrator(stage)) }),
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
          'an administrator looks at exports and streams',
          once({ trail: record(stage, 'dynamodb:DescribeExport', administrator(stage)) }),
          once({ trail: record(stage, 'dynamodb:DescribeKinesisStreamingDestination', administrator(stage)) }),
        ),
        sample(
          'a backup, which stays here',
          once({ trail: record(stage, 'dynamodb:CreateBackup', administrator(stage)) }),
        ),
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
