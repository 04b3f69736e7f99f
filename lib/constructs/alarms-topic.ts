import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnTopicPolicy, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { alarmsArn } from '../key-policies/paging-key.ts';
import { alarmsTopicArn, alarmsTopicName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { documentOf, type Statement } from '../statement.ts';

/**
 * Who publishes: CloudWatch for our alarms, and EventBridge. No person and no role of the account does, whatever its own
 * policy allows. EventBridge tells a topic neither rule nor account, and a condition would lose its messages.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html
 */
export const alarmsTopicPolicy = (stage: Stage): readonly Statement[] => {
  const publish = (Sid: string, Effect: Statement['Effect'], Principal: NonNullable<Statement['Principal']>) => ({
    ...{ Sid, Effect, Principal },
    Action: ['sns:Publish'],
    Resource: [alarmsTopicArn(stage)],
  });
  return [
    {
      ...publish('OnlyOverTls', 'Deny', { AWS: '*' }),
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    {
      ...publish('NobodyOfTheAccount', 'Deny', { AWS: '*' }),
      Condition: {
        ArnLike: { 'aws:PrincipalArn': ['iam', 'sts'].map((service) => `arn:aws:${service}::${stage.account}:*`) },
      },
    },
    {
      ...publish('OurAlarms', 'Allow', { Service: 'cloudwatch.amazonaws.com' }),
      Condition: {
        StringEquals: { 'aws:SourceAccount': stage.account },
        ArnLike: { 'aws:SourceArn': alarmsArn(stage) },
      },
    },
    publish('OurEvents', 'Allow', { Service: 'events.amazonaws.com' }),
  ];
};

/** Everything that fires goes through here to the on-call. */
export class AlarmsTopic extends Topic {
  constructor(scope: Construct, stage: Stage, key: IKey) {
    super(scope, 'Alarms', {
      topicName: alarmsTopicName(stage),
      displayName: `Ringfence ${stage.name}`,
      masterKey: key,
    });
    new CfnTopicPolicy(this, 'Policy', {
      topics: [this.topicArn],
      policyDocument: documentOf(alarmsTopicPolicy(stage)),
    });
  }
}
