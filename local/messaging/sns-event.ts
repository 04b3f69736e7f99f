import type { Notification, Subscription } from '../aws/sns/topic.ts';
import type { JsonObject } from '../template/json.ts';

/** What stands where AWS's signature stands: nothing here signs, and nothing should believe it. */
const unsigned = Buffer.from('not signed: the twin has no key of SNS').toString('base64');

const region = (arn: string): string => arn.split(':')[3] ?? '';
const certificate = (arn: string): string =>
  `https://sns.${region(arn)}.amazonaws.com/SimpleNotificationService-twin.pem`;
const unsubscribe = ({ arn }: Subscription): string =>
  `https://sns.${region(arn)}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${arn}`;

/** The event that a subscribed function gets.
 *  Source: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export const snsEvent = (notification: Notification, subscription: Subscription): JsonObject => ({
  Records: [
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: subscription.arn,
      Sns: {
        Type: 'Notification',
        MessageId: notification.id,
        TopicArn: notification.topicArn,
        Subject: notification.subject ?? null,
        Message: notification.body,
        Timestamp: notification.at,
        SignatureVersion: '1',
        Signature: unsigned,
        SigningCertUrl: certificate(notification.topicArn),
        UnsubscribeUrl: unsubscribe(subscription),
        MessageAttributes: notification.attributes,
      },
    },
  ],
});

/** The message that a subscribed queue gets.
 *  Source: https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html */
export const snsEnvelope = (notification: Notification, subscription: Subscription): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: notification.id,
    TopicArn: notification.topicArn,
    ...(notification.subject === undefined ? {} : { Subject: notification.subject }),
    Message: notification.body,
    Timestamp: notification.at,
    SignatureVersion: '1',
    Signature: unsigned,
    SigningCertURL: certificate(notification.topicArn),
    UnsubscribeURL: unsubscribe(subscription),
    ...(Object.keys(notification.attributes).length > 0 ? { MessageAttributes: notification.attributes } : {}),
  });
