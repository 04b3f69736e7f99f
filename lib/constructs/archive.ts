import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnEventSourceMapping, type Code } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { FunctionSpec } from '../../lambdas/functions.ts';
import type { Stage } from '../stage.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { KeyArns } from './key-arns.ts';
import { LambdaFunction } from './lambda-function.ts';

export interface ArchiveProps {
  readonly stage: Stage;
  /** The function whose entrance is the stream of the audit table. */
  readonly spec: FunctionSpec;
  readonly code: Code;
  readonly keys: KeyArns;
  readonly logsKey: IKey;
  /** Of the dead letters. */
  readonly pagingKey: IKey;
  readonly auditStreamArn: string;
}

/**
 * Copies the audit table's stream into the locked bucket, in order, a batch at a time. A batch that fails is repeated, in
 * halves, for six hours; then it waits in the queue `…-archive-dead`, as a pointer to records that the stream keeps for
 * 24 hours. Sources: https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export class Archive extends Construct {
  constructor(scope: Construct, { stage, spec, code, keys, logsKey, pagingKey, auditStreamArn }: ArchiveProps) {
    super(scope, 'Archival');
    const { function: lambda } = new LambdaFunction(this, { stage, spec, code, keys, logsKey });
    const deadLetters = new DeadLetterQueue(this, { stage, spec, key: pagingKey });
    const mapping = new CfnEventSourceMapping(this, 'Stream', {
      functionName: lambda.functionName,
      eventSourceArn: auditStreamArn,
      // What was written before the function was there is archived too.
      startingPosition: 'TRIM_HORIZON',
      batchSize: 500,
      maximumBatchingWindowInSeconds: 1,
      parallelizationFactor: 1,
      bisectBatchOnFunctionError: true,
      // -1: as often as fits into the time.
      maximumRetryAttempts: -1,
      maximumRecordAgeInSeconds: 6 * 3600,
      destinationConfig: { onFailure: { destination: deadLetters.queueArn } },
    });
    mapping.overrideLogicalId('ArchiveStream');
  }
}
