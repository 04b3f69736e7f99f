import type { FunctionSpec } from '../../lambdas/functions.ts';
import { deadLetterQueueArn, pagerSecretArn } from '../names.ts';
import type { Stage } from '../stage.ts';
import { allow, type Statement } from '../statement.ts';

/** Whether it tells the on-call. */
export const pages = ({ entrance }: FunctionSpec): boolean => entrance.by === 'alarms';
/** Whether nobody waits for its answer, so that what it cannot handle is kept for a person. */
export const leavesDeadLetters = ({ entrance }: FunctionSpec): boolean =>
  entrance.by === 'alarms' || entrance.by === 'stream';

/** Contributor Insights rules of the stage. */
export const insightRulesArn = ({ name, region, account }: Stage): string =>
  `arn:aws:cloudwatch:${region}:${account}:insight-rule/ringfence-${name}-*`;

/**
 * Secrets Manager opens a secret with its key in the reader's name, and says which secret.
 * Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export const throughPagerSecret = (stage: Stage): NonNullable<Statement['Condition']> => ({
  StringEquals: { 'kms:ViaService': `secretsmanager.${stage.region}.amazonaws.com` },
  StringLike: { 'kms:EncryptionContext:SecretARN': pagerSecretArn(stage) },
});

/** What tells the on-call may read: where to tell it, and whom an alarm is about. */
export const pagingGrants = (stage: Stage, keyArn: string): readonly Statement[] => [
  allow('ReadPagerSecret', ['secretsmanager:GetSecretValue'], [pagerSecretArn(stage)]),
  allow('OpenPagerSecret', ['kms:Decrypt'], [keyArn], throughPagerSecret(stage)),
  allow('NameContributors', ['cloudwatch:GetInsightRuleReport'], [insightRulesArn(stage)]),
];

/**
 * Lambda leaves a dead letter in the function's name, and SQS encrypts it in the sender's.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export const deadLetterGrants = (stage: Stage, spec: FunctionSpec, keyArn: string): readonly Statement[] => [
  allow('LeaveDeadLetters', ['sqs:SendMessage'], [deadLetterQueueArn(stage, spec)]),
  allow('EncryptDeadLetters', ['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn], throughQueues(stage)),
];

export const throughQueues = (stage: Stage): NonNullable<Statement['Condition']> => ({
  StringEquals: { 'kms:ViaService': `sqs.${stage.region}.amazonaws.com` },
});
