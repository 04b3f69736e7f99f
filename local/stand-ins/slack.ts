import { Ajv } from 'ajv';
import { slackSchema, slackTextMax } from './slack-schema.ts';
import type { VendorAnswer } from './vendor.ts';

interface Text {
  readonly type: string;
  readonly text: string;
}
export interface SlackMessage {
  readonly text?: string;
  readonly blocks?: readonly {
    readonly type: string;
    readonly text?: Text;
    readonly fields?: readonly Text[];
    readonly elements?: readonly Text[];
  }[];
}

const isValid = new Ajv({ strict: false }).compile<SlackMessage>(slackSchema);

const plain = (status: number, body: string): VendorAnswer => ({ status, type: 'text/html', body });

const textsOf = ({ blocks = [] }: SlackMessage): readonly string[] =>
  blocks.flatMap(({ text, fields = [], elements = [] }) =>
    [text, ...fields, ...elements].map((one) => one?.text ?? ''),
  );

/** What an incoming webhook answers: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors */
export const answerSlack = (body: string): VendorAnswer & { readonly message?: SlackMessage } => {
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch {
    return plain(400, 'invalid_payload');
  }
  if (typeof message !== 'object' || message === null) return plain(400, 'invalid_payload');
  if (!('text' in message) && !('blocks' in message)) return plain(400, 'no_text');
  if (!isValid(message)) return plain(400, 'invalid_blocks');
  if (textsOf(message).join('').length > slackTextMax) return plain(400, 'msg_blocks_too_long');
  return { ...plain(200, 'ok'), message };
};
