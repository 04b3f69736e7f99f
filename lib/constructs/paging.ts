import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnEventInvokeConfig, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { FunctionSpec } from '../../lambdas/functions.ts';
import { alarmsTopicArn, deadLetterQueueArn } from '../names.ts';
import type { Stage } from '../stage.ts';
import type { Statement } from '../statement.ts';
import { AlarmsTopic } from './alarms-topic.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { PagerSecret } from './pager-secret.ts';

export interface PagingProps {
  readonly stage: Stage;
  readonly key: IKey;
  /** The definition of the pager, and the function made of it. */
  readonly spec: FunctionSpec;
  readonly pager: IFunction;
}

/** How long Lambda tries: twice more, within the longest time it keeps an event. */
const retries = { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 6 * 3600 };

const undeliverable = (stage: Stage, spec: FunctionSpec): Statement => ({
  Sid: 'UndeliverableAlarms',
  Effect: 'Allow',
  Principal: { Service: 'sns.amazonaws.com' },
  Action: ['sqs:SendMessage'],
  Resource: [deadLetterQueueArn(stage, spec)],
  Condition: { ArnEquals: { 'aws:SourceArn': alarmsTopicArn(stage) } },
});

/**
 * The way from an alarm to the on-call: topic, pager, and beside the pager an e-mail that needs no code of ours. What
 * reaches neither PagerDuty nor Slack ends in the queue, never nowhere.
 */
export class Paging extends Construct {
  readonly topic: AlarmsTopic;

  constructor(scope: Construct, { stage, key, spec, pager }: PagingProps) {
    super(scope, 'Paging');
    this.topic = new AlarmsTopic(this, stage, key);
    const deadLetters = new DeadLetterQueue(this, { stage, spec, key, from: [undeliverable(stage, spec)] });
    new PagerSecret(this, stage, spec, key);
    new CfnEventInvokeConfig(this, 'Retries', {
      functionName: pager.functionName,
      qualifier: '$LATEST',
      ...retries,
      destinationConfig: { onFailure: { destination: deadLetters.queueArn } },
    });
    pager.addPermission('Topic', {
      principal: new ServicePrincipal('sns.amazonaws.com'),
      sourceArn: this.topic.topicArn,
    });
    new CfnSubscription(this, 'ToPager', {
      topicArn: this.topic.topicArn,
      protocol: 'lambda',
      endpoint: pager.functionArn,
      redrivePolicy: { deadLetterTargetArn: deadLetters.queueArn },
    });
    if (stage.pager)
      new CfnSubscription(this, 'ToEmail', {
        topicArn: this.topic.topicArn,
        protocol: 'email',
        endpoint: stage.pager.email,
      });
  }
}
