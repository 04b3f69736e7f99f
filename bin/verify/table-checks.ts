import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { type Table, tableName } from '../../lambdas/functions.ts';
import { type Check, unless, untried } from './check.ts';
import { keyOf } from './key-checks.ts';
import { tableKeys } from './keys.ts';
import type { Target } from './target.ts';

/** Looks at every table; what a look finds wrong is a fault. */
const everyTable = async (
  { stage }: Target,
  why: string,
  look: (TableName: string, table: Table) => Promise<string | undefined>,
) => {
  const faults: string[] = [];
  for (const table of tableKeys) {
    const name = tableName(stage.name, table);
    const fault = await look(name, table);
    if (fault) faults.push(`${name} ${fault}`);
  }
  return unless(faults, `${tableKeys.length} tables ${why}`);
};

const describe = async ({ dynamodb }: Target, TableName: string) =>
  (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table;

/** The tables as they are in the account. */
export const tableChecks: readonly Check[] = [
  {
    name: 'table-encryption',
    promise: 'Each table is encrypted under its own key.',
    run: (target) =>
      everyTable(target, 'encrypted, each under its own key', async (name, table) => {
        const sse = (await describe(target, name))?.SSEDescription;
        const isOwn = sse?.Status === 'ENABLED' && sse.KMSMasterKeyArn === (await keyOf(target, table)).arn;
        return isOwn ? undefined : `is encrypted under ${sse?.KMSMasterKeyArn ?? 'a key of AWS'}`;
      }),
  },
  {
    name: 'deletion-protection',
    promise: 'A table is not deleted by mistake.',
    run: async (target) =>
      target.stage.deletionProtection
        ? everyTable(target, 'protected', async (name) =>
            (await describe(target, name))?.DeletionProtectionEnabled ? undefined : 'can be deleted',
          )
        : untried(`stage ${target.stage.name} does without`),
  },
  {
    name: 'point-in-time-recovery',
    promise: 'Every second of the last 35 days can be restored.',
    run: async (target) =>
      target.stage.pointInTimeRecovery
        ? everyTable(target, 'recoverable for 35 days', async (TableName) => {
            const answer = await target.dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
            const recovery = answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
            if (recovery?.PointInTimeRecoveryStatus !== 'ENABLED') return 'has no point-in-time recovery';
            return recovery.RecoveryPeriodInDays === 35 ? undefined : `keeps ${recovery.RecoveryPeriodInDays} days`;
          })
        : untried(`stage ${target.stage.name} does without`),
  },
  {
    name: 'expiry',
    promise: 'What has expired is removed.',
    run: (target) =>
      everyTable(target, 'expire by expiresAt', async (TableName) => {
        const { TimeToLiveDescription } = await target.dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
        const { TimeToLiveStatus, AttributeName } = TimeToLiveDescription ?? {};
        return TimeToLiveStatus === 'ENABLED' && AttributeName === 'expiresAt' ? undefined : 'does not expire items';
      }),
  },
];
