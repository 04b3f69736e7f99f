import type { PolicyDocument } from '../../types.ts';

/** As the API has it: `{ DataType, StringValue }` by name. */
export type MessageAttributes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly sender: string;
  /** Epoch milliseconds by the twin's clock, as all times here. */
  readonly sentAt: number;
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
  receipt?: string;
}

export interface Redrive {
  readonly deadLetterArn: string;
  readonly maxReceiveCount: number;
}

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  /** Where clients on this machine find it. */
  readonly localUrl: string;
  /** The customer's key, as the template names it. */
  readonly keyId?: string;
  readonly visibilitySeconds: number;
  readonly retentionSeconds: number;
  readonly delaySeconds: number;
  readonly waitSeconds: number;
  readonly redrive?: Redrive;
  readonly createdAt: number;
  policy?: PolicyDocument;
  /** Oldest first. */
  messages: Message[];
}
