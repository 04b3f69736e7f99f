import { defineDetection } from '../detecting/detection.ts';
import { all, any, is, isFalse, isNot, notByDeployment, oneOf, pattern, succeeded } from '../detecting/patterns.ts';
import { administrator, deployment, record } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { filtersTrail } from '../detecting/signals.ts';
import { logGroupName, tableArn } from '../names.ts';

/** By a deployment only: under a key of somebody else, a copy in another region, and what makes items expire. */
const changes = [
  is('requestParameters.sSESpecification.kMSMasterKeyId', '*'),
  is('requestParameters.replicaUpdates[0].create.regionName', '*'),
  is('eventName', 'UpdateTimeToLive'),
];

/** By anybody, a deployment too: production refuses to be synthesized without them. */
export const tableProtectionRemoved = defineDetection({
  name: 'table-protection-removed',
  title: 'A table lost its deletion protection, its recovery, a backup, its key or itself; or it was opened to others.',
  severity: 'critical',
  technique: { id: 'T1490', name: 'Inhibit System Recovery' },
  impact: "Customers' data may be deleted next, without a way back.",
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'trail')} --since 30m --filter-pattern '{ $.eventSource = "dynamodb.amazonaws.com" && $.readOnly IS FALSE && $.managementEvent IS TRUE }'`,
  closes: 'person',
  delay: 'about five minutes: CloudTrail delivers to its log group',
  signal: (stage) =>
    filtersTrail(
      'table-protection-removed',
      pattern(
        is('eventSource', 'dynamodb.amazonaws.com'),
        succeeded,
        any(
          oneOf('eventName', ['DeleteTable', 'DeleteBackup', 'PutResourcePolicy']),
          isFalse('requestParameters.deletionProtectionEnabled'),
          isFalse('requestParameters.pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled'),
          isFalse('requestParameters.sSESpecification.enabled'),
          '$.requestParameters.pointInTimeRecoverySpecification.recoveryPeriodInDays < 35',
          all(notByDeployment(stage), any(...changes)),
        ),
        // A new table without protection has lost none.
        isNot('eventName', 'CreateTable'),
      ),
    ),
  samples: (stage) => {
    const happened = (
      call: string,
      parameters: Readonly<Record<string, unknown>>,
      by = administrator(stage),
      more = {},
    ) =>
      once({
        trail: record(stage, `dynamodb:${call}`, by, {
          requestParameters: { tableName: tableArn(stage, 'records'), ...parameters },
          ...more,
        }),
      });
    const recovery = (pointInTimeRecoveryEnabled: boolean) => ({
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled },
    });
    const ownKey = { enabled: true, sSEType: 'KMS', kMSMasterKeyId: 'key-one' };
    return {
      hits: [
        sample('deletion protection off', happened('UpdateTable', { deletionProtectionEnabled: false })),
        sample(
          'recovery off, even by a deployment',
          happened('UpdateContinuousBackups', recovery(false), deployment(stage)),
        ),
        sample('deleted', happened('DeleteTable', {})),
        sample(
          'recovery of a day',
          happened('UpdateContinuousBackups', {
            pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 1 },
          }),
        ),
        sample("under somebody's own key", happened('UpdateTable', { sSESpecification: ownKey })),
        sample(
          'copied to another region',
          happened('UpdateTable', { replicaUpdates: [{ create: { regionName: 'us-west-2' } }] }),
        ),
        sample(
          'its items made to expire',
          happened('UpdateTimeToLive', { timeToLiveSpecification: { enabled: true } }),
        ),
        sample('opened to others', happened('PutResourcePolicy', { resourceArn: tableArn(stage, 'records') })),
      ],
      misses: [
        sample(
          'a deployment',
          happened('UpdateTable', { deletionProtectionEnabled: true }, deployment(stage)),
          happened('UpdateContinuousBackups', recovery(true), deployment(stage)),
          happened('UpdateTable', { sSESpecification: ownKey }, deployment(stage)),
          happened('UpdateTimeToLive', { timeToLiveSpecification: { enabled: true } }, deployment(stage)),
        ),
      ],
      nearMisses: [
        sample(
          'an attempt that was refused',
          happened('DeleteTable', {}, administrator(stage), { errorCode: 'AccessDenied' }),
        ),
        sample('a change that leaves protection alone', happened('UpdateTable', { billingMode: 'PAY_PER_REQUEST' })),
        sample(
          'protection and recovery are switched on again by hand',
          happened('UpdateTable', { deletionProtectionEnabled: true }),
          happened('UpdateContinuousBackups', recovery(true)),
        ),
        sample('a new table', happened('CreateTable', { deletionProtectionEnabled: false })),
      ],
    };
  },
});
