import type { PolicyDocument } from '../../types.ts';

export interface Subscription {
  readonly arn: string;
  readonly protocol: 'lambda' | 'sqs' | 'email';
  /** ARN of a function or queue, or an address. */
  readonly endpoint: string;
  /** To SQS: the message alone, without SNS's envelope. */
  readonly raw: boolean;
  /** The queue for what cannot be delivered. */
  readonly deadLetterArn?: string;
}

export interface Topic {
  readonly name: string;
  readonly arn: string;
  /** The customer's key, as the template names it. */
  readonly keyId?: string;
  policy?: PolicyDocument;
  readonly subscriptions: Subscription[];
}

/** What was published. */
export interface Notification {
  readonly id: string;
  readonly topicArn: string;
  readonly subject?: string;
  readonly body: string;
  /** ISO 8601, milliseconds. */
  readonly at: string;
  readonly attributes: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
}
