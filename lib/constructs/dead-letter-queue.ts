import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnQueuePolicy, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FunctionSpec } from '../../lambdas/functions.ts';
import { deadLetterQueueArn, deadLetterQueueName, pascal } from '../names.ts';
import type { Stage } from '../stage.ts';
import { documentOf, type Statement } from '../statement.ts';

export interface DeadLetterQueueProps {
  readonly stage: Stage;
  readonly spec: FunctionSpec;
  readonly key: IKey;
  /** Who leaves messages beside the function's own role, which its own policy allows. */
  readonly from?: readonly Statement[];
}

const overTls = (queueArn: string): Statement => ({
  Sid: 'OnlyOverTls',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: ['sqs:*'],
  Resource: [queueArn],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

/** What a function could not handle after its retries waits here for fourteen days, the most that SQS keeps. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, { stage, spec, key, from = [] }: DeadLetterQueueProps) {
    super(scope, `${pascal(spec.name)}Dead`, {
      queueName: deadLetterQueueName(stage, spec),
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      retentionPeriod: Duration.days(14),
      removalPolicy: stage.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    new CfnQueuePolicy(this, 'Policy', {
      queues: [this.queueUrl],
      policyDocument: documentOf([overTls(deadLetterQueueArn(stage, spec)), ...from]),
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SQS3',
      reason: 'It is a dead-letter queue itself; an alarm watches that it is empty.',
    });
  }
}
