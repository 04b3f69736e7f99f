import { type Notice, parseNotice } from './notice.ts';

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const text = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)));

/**
 * The notices in an event of SNS. Whatever is no such event is a notice itself: nobody should invoke the pager past its
 * topic, and what came is shown.
 * @param requestId names what has no id of its own.
 */
export const noticesOf = (event: unknown, requestId: string, now: number): readonly Notice[] => {
  const records = isFields(event) && Array.isArray(event.Records) ? event.Records : [];
  if (records.length === 0) return [parseNotice(text(event), requestId, now)];
  return records.map((record: unknown, index): Notice => {
    const sns = isFields(record) && isFields(record.Sns) ? record.Sns : {};
    const { Message, MessageId, Timestamp } = sns;
    const id = typeof MessageId === 'string' && /^[\w-]{1,64}$/.test(MessageId) ? MessageId : `${requestId}-${index}`;
    const at = typeof Timestamp === 'string' ? Date.parse(Timestamp) : Number.NaN;
    return parseNotice(typeof Message === 'string' ? Message : text(record), id, Number.isNaN(at) ? now : at);
  });
};
