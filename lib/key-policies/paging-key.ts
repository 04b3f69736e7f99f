import { type FunctionSpec, functions } from '../../lambdas/functions.ts';
import { leavesDeadLetters, pages, throughPagerSecret, throughQueues } from '../constructs/paging-grants.ts';
import { alarmsTopicArn, functionName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { allow, type Statement } from '../statement.ts';
import { accountOf, administered, usedBy } from './administration.ts';

/** Alarms of the stage: the only ones that may speak to the on-call. */
export const alarmsArn = ({ name, region, account }: Stage): string =>
  `arn:aws:cloudwatch:${region}:${account}:alarm:ringfence-${name}-*`;

const seal = ['kms:Decrypt', 'kms:GenerateDataKey*'];

const byService = (service: string, Sid: string, Condition?: Statement['Condition']): Statement => ({
  ...allow(Sid, seal, ['*'], Condition),
  Principal: { Service: service },
});

/**
 * The key of what carries alarms: the topic, the queues of dead letters and the pager's secret. EventBridge sends no
 * source with its use of a key, so that a condition there would lose every page; the topic refuses strangers instead.
 * Sources: https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services,
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html
 */
export const pagingKeyPolicy = (stage: Stage): readonly Statement[] => {
  const roles = (does: (spec: FunctionSpec) => boolean) =>
    functions.filter(does).map((spec) => functionName(stage, spec));
  const fromAccount = { 'aws:SourceAccount': stage.account };
  return [
    administered(stage),
    byService('cloudwatch.amazonaws.com', 'AlarmsToTopic', {
      StringEquals: fromAccount,
      ArnLike: { 'aws:SourceArn': alarmsArn(stage) },
    }),
    byService('events.amazonaws.com', 'EventsToTopic'),
    byService('sns.amazonaws.com', 'UndeliverableToQueue', {
      StringEquals: fromAccount,
      ArnEquals: { 'aws:SourceArn': alarmsTopicArn(stage) },
    }),
    ...usedBy(stage, roles(pages), allow('OpenPagerSecret', ['kms:Decrypt'], ['*'], throughPagerSecret(stage))),
    ...usedBy(
      stage,
      roles(leavesDeadLetters),
      allow('EncryptDeadLetters', ['kms:Decrypt', 'kms:GenerateDataKey'], ['*'], throughQueues(stage)),
    ),
    // A person has to read what failed. Alarms are no secret to whom IAM lets receive them.
    { ...allow('ReadDeadLetters', ['kms:Decrypt'], ['*'], throughQueues(stage)), Principal: accountOf(stage) },
    // Whoever IAM lets put a value may encrypt it. Reading it is another matter: the secret's own policy refuses.
    {
      ...allow('PutPagerSecret', ['kms:Decrypt', 'kms:GenerateDataKey'], ['*'], throughPagerSecret(stage)),
      Principal: accountOf(stage),
    },
  ];
};
