import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type Table, tables } from '../../lambdas/functions.ts';
import { ClassTable } from '../constructs/class-table.ts';
import { EncryptionKey } from '../constructs/encryption-key.ts';
import type { KeyArns } from '../constructs/key-arns.ts';
import { Trail } from '../constructs/trail.ts';
import { logsKeyPolicy } from '../key-policies/logs-key.ts';
import { pagingKeyPolicy } from '../key-policies/paging-key.ts';
import { sealingKeyPolicy } from '../key-policies/sealing-key.ts';
import { signingKeyPolicy } from '../key-policies/signing-key.ts';
import { tableKeyPolicy } from '../key-policies/table-key.ts';
import { trailKeyPolicy } from '../key-policies/trail-key.ts';
import { trailBucketName } from '../names.ts';
import type { Stage } from '../stage.ts';

/** What must never be lost: the keys, the tables, and the trail with its locked bucket. Everything else can be deployed anew. */
export class Foundation extends Stack {
  readonly tableKeys: Readonly<Record<Table, EncryptionKey>>;
  readonly signingKey: EncryptionKey;
  readonly sealingKey: EncryptionKey;
  readonly logsKey: EncryptionKey;
  readonly pagingKey: EncryptionKey;
  /** Of the locked bucket. */
  readonly trailKey: EncryptionKey;
  private readonly streams = new Map<Table, string>();

  constructor(scope: Construct, stage: Stage) {
    super(scope, 'foundation', {
      stackName: `ringfence-${stage.name}-foundation`,
      description: 'Ringfence: keys, tables and the trail',
      env: { account: stage.account, region: stage.region },
      terminationProtection: stage.deletionProtection,
    });
    this.signingKey = new EncryptionKey(this, {
      stage,
      name: 'signing',
      description: 'Signs the assertions with which the authorizer tells functions who calls',
      policy: signingKeyPolicy(stage),
      signs: true,
    });
    this.sealingKey = new EncryptionKey(this, {
      stage,
      name: 'sealing',
      description: 'Wraps the data keys of tenants',
      policy: sealingKeyPolicy(stage),
    });
    this.logsKey = new EncryptionKey(this, {
      stage,
      name: 'logs',
      description: 'Encrypts the log groups',
      policy: logsKeyPolicy(stage),
    });
    this.pagingKey = new EncryptionKey(this, {
      stage,
      name: 'paging',
      description: 'Encrypts alarms on their way to the on-call, and the secret of the pager',
      policy: pagingKeyPolicy(stage),
    });
    this.trailKey = new EncryptionKey(this, {
      stage,
      name: 'trail',
      description: 'Encrypts the trail: what CloudTrail delivers, and the archive of audit events',
      policy: trailKeyPolicy(stage),
    });
    this.tableKeys = Object.fromEntries(
      (Object.keys(tables) as Table[]).map((table) => [table, this.encryptedTable(stage, table)]),
    ) as Record<Table, EncryptionKey>;
    new Trail(this, { stage, key: this.trailKey, logsKey: this.logsKey });
    new CfnOutput(this, 'TrailBucket', { value: trailBucketName(stage) });
  }

  /** For policies of other stacks. */
  get keys(): KeyArns {
    return {
      signing: this.signingKey.keyArn,
      sealing: this.sealingKey.keyArn,
      paging: this.pagingKey.keyArn,
      trail: this.trailKey.keyArn,
      table: (table) => this.tableKeys[table].keyArn,
    };
  }

  /** Of a table whose class has one. @throws when it has none. */
  streamArn(table: Table): string {
    const arn = this.streams.get(table);
    if (arn) return arn;
    throw new Error(
      `The table ${table} has no stream: lib/constructs/class-table.ts gives one to the audit table only.`,
    );
  }

  private encryptedTable(stage: Stage, table: Table): EncryptionKey {
    const key = new EncryptionKey(this, {
      stage,
      name: table,
      description: `Encrypts the table ${table}`,
      policy: tableKeyPolicy(stage, table),
    });
    const { tableStreamArn } = new ClassTable(this, { stage, table, key });
    if (tableStreamArn) this.streams.set(table, tableStreamArn);
    return key;
  }
}
