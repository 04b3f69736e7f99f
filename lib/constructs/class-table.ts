import {
  AttributeType,
  BillingMode,
  type CfnTable,
  Table as DynamoTable,
  ProjectionType,
  StreamViewType,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type Table, tableName, tables } from '../../lambdas/functions.ts';
import { pascal } from '../names.ts';
import type { Stage } from '../stage.ts';

export interface ClassTableProps {
  readonly stage: Stage;
  readonly table: Table;
  readonly key: IKey;
}

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The table of one class of data, under its own key. Its logical id is frozen: another one would be an empty table. */
export class ClassTable extends DynamoTable {
  constructor(scope: Construct, { stage, table, key }: ClassTableProps) {
    super(scope, `${pascal(table)}Table`, {
      tableName: tableName(stage.name, table),
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.pointInTimeRecovery },
      deletionProtection: stage.deletionProtection,
      removalPolicy: stage.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      timeToLiveAttribute: 'expiresAt',
      // What was written to the trail leaves it for a place where it cannot be changed.
      ...(table === 'audit' && { stream: StreamViewType.NEW_AND_OLD_IMAGES }),
    });
    for (const [indexName, sortKey] of Object.entries(tables[table].indexes))
      this.addGlobalSecondaryIndex({
        indexName,
        partitionKey: text('pk'),
        sortKey: text(sortKey),
        projectionType: ProjectionType.ALL,
      });
    (this.node.defaultChild as CfnTable).overrideLogicalId(`${pascal(table)}Table`);
  }
}
