import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type CfnLogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { pascal } from '../names.ts';
import type { Stage } from '../stage.ts';

export interface EncryptedLogGroupProps {
  readonly stage: Stage;
  readonly key: IKey;
  /** What it is about, for its logical id. */
  readonly purpose: string;
  readonly name: string;
}

/** A log group of our own making, under our key and for as long as the stage says. */
export class EncryptedLogGroup extends LogGroup {
  constructor(scope: Construct, { stage, key, purpose, name }: EncryptedLogGroupProps) {
    super(scope, `${pascal(purpose)}Logs`, {
      logGroupName: name,
      encryptionKey: key,
      retention: stage.logRetentionDays,
      removalPolicy: stage.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    (this.node.defaultChild as CfnLogGroup).overrideLogicalId(`${pascal(purpose)}Logs`);
  }
}
