import { defineDetection } from '../detecting/detection.ts';
import { any, is, isFalse, oneOf, pattern, succeeded } from '../detecting/patterns.ts';
import { administrator, deployment, record } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { filtersTrail } from '../detecting/signals.ts';
import { logGroupName, tableArn } from '../names.ts';

/** By anybody, a deployment too: production refuses to be synthesized without them. */
export const tableProtectionRemoved = defineDetection({
  name: 'table-protection-removed',
  title: 'A table lost its deletion protection, its recovery, a backup, or itself; or it was opened to others.',
  severity: 'critical',
  technique: { id: 'T1490', name: 'Inhibit System Recovery' },
  impact: "Customers' data may be deleted next, without a way back.",
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'trail')} --since 30m --filter-pattern '{ $.eventSource = "dynamodb.amazonaws.com" && $.readOnly IS FALSE && $.managementEvent IS TRUE }'`,
  closes: 'person',
  delay: 'about five minutes: CloudTrail delivers to its log group',
  signal: () =>
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
        ),
        // A new table without protection has lost none.
        '$.eventName != "CreateTable"',
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
    return {
      hits: [
        sample('deletion protection off', happened('UpdateTable', { deletionProtectionEnabled: false })),
        sample(
          'recovery off, even by a deployment',
          happened('UpdateContinuousBackups', recovery(false), deployment(stage)),
        ),
        sample('deleted', happened('DeleteTable', {})),
        sample('opened to others', happened('PutResourcePolicy', { resourceArn: tableArn(stage, 'records') })),
      ],
      misses: [
        sample(
          'a deployment',
          happened('UpdateTable', { deletionProtectionEnabled: true }, deployment(stage)),
          happened('UpdateContinuousBackups', recovery(true), deployment(stage)),
        ),
      ],
      nearMisses: [
        sample(
          'an attempt that was refused',
          happened('DeleteTable', {}, administrator(stage), { errorCode: 'AccessDenied' }),
        ),
        sample('a change that leaves protection alone', happened('UpdateTable', { billingMode: 'PAY_PER_REQUEST' })),
        sample('a new table', happened('CreateTable', { deletionProtectionEnabled: false })),
      ],
    };
  },
});
