import { safeText } from './safe-text.ts';

/** What a message to the topic of alarms says. */
export type Notice = AlarmNotice | EventNotice | MalformedNotice;

interface Told {
  /** The same for every delivery of the same change, and for no other. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** An alarm or a composite alarm changed its state. */
export interface AlarmNotice extends Told {
  readonly kind: 'alarm';
  readonly alarm: string;
  /** Not OK is firing: an alarm that cannot tell is no good news. */
  readonly isFiring: boolean;
  /** It was in alarm before. */
  readonly wasFiring: boolean;
  readonly state: string;
  readonly reason: string;
  /** Of a composite alarm: names of the alarms that made it fire. */
  readonly children: readonly string[];
  /** What it measures comes from the account's trail. */
  readonly isAccount: boolean;
}

/** An event rule matched: `{"detection": …, "event": …}` by its input transformer. */
export interface EventNotice extends Told {
  readonly kind: 'event';
  readonly detection: string;
  /** What the event says, made fit to be shown. */
  readonly facts: readonly string[];
  readonly eventId?: string;
}

/** Anything else. Somebody has to look. */
export interface MalformedNotice extends Told {
  readonly kind: 'malformed';
  readonly raw: string;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsIn = (value: unknown): Fields => (isFields(value) ? value : {});
const textIn = (value: unknown, length = 300): string => (typeof value === 'string' ? safeText(value, length) : '');

/** CloudWatch writes zones as +0000, which ISO 8601 does not. */
const timeIn = (value: unknown): number | undefined => {
  const time = typeof value === 'string' ? Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
};

/** A name ends a dedup key and a link: what cannot be one of an alarm's makes the message malformed. */
const isName = (value: unknown): value is string => typeof value === 'string' && /^[\w.@/-]{1,120}$/.test(value);

const states = ['ALARM', 'OK', 'INSUFFICIENT_DATA'];

const childrenIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [])
    .map((child) => textIn(fieldsIn(child).Arn, 400).replace(/^.*:alarm:/, ''))
    .filter(isName);

const parseAlarm = (message: Fields): AlarmNotice | undefined => {
  const { AlarmName: alarm, NewStateValue: state, OldStateValue, NewStateReason, StateChangeTime, Trigger } = message;
  const at = timeIn(StateChangeTime);
  if (!isName(alarm) || typeof state !== 'string' || !states.includes(state) || at === undefined) return undefined;
  return {
    kind: 'alarm',
    id: `${alarm}@${new Date(at).toISOString()}=${state}`,
    at,
    alarm,
    isFiring: state !== 'OK',
    wasFiring: OldStateValue === 'ALARM',
    state,
    reason: textIn(NewStateReason, 600),
    children: childrenIn(message.TriggeringChildren),
    isAccount: JSON.stringify(Trigger ?? '').includes('"Ringfence/Account"'),
  };
};

/** Of a CloudTrail event, what says who did what to what. Not its whole parameters: a policy or a secret may be there. */
const named = ['keyId', 'name', 'trailName', 'bucketName', 'roleName', 'policyName', 'policyArn', 'tableName'];

const factsIn = (event: Fields): readonly string[] => {
  const detail = fieldsIn(event.detail);
  const parameters = fieldsIn(detail.requestParameters);
  const about = named.flatMap((name) => (typeof parameters[name] === 'string' ? [`${name} ${parameters[name]}`] : []));
  const rows: readonly (readonly [string, unknown])[] = [
    ['Call', `${textIn(detail.eventSource)} ${textIn(detail.eventName)}`.trim()],
    ['On', about.join(', ')],
    ['By', fieldsIn(detail.userIdentity).arn],
    ['From', detail.sourceIPAddress],
    ['Refused', detail.errorCode],
    ['CloudTrail event', detail.eventID],
  ];
  return rows.flatMap(([label, value]) => (textIn(value) ? [`${label}: ${textIn(value)}`] : []));
};

const parseEvent = (message: Fields): EventNotice | undefined => {
  const { detection, event } = message;
  if (!isName(detection) || !isFields(event)) return undefined;
  const at = timeIn(fieldsIn(event.detail).eventTime) ?? timeIn(event.time);
  if (!isName(event.id) || at === undefined) return undefined;
  const eventId = fieldsIn(event.detail).eventID;
  return {
    kind: 'event',
    id: `${detection}@${event.id}`,
    at,
    detection,
    facts: factsIn(event),
    ...(isName(eventId) && { eventId }),
  };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * What a message says. There is no message that it does not understand: such a one is `malformed`, and paged.
 * Sources: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html,
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html
 * @param messageId of SNS, the same for each delivery.
 */
export const parseNotice = (text: string, messageId: string, at: number): Notice => {
  const message = parseJson(text);
  const understood = isFields(message) ? (parseAlarm(message) ?? parseEvent(message)) : undefined;
  return understood ?? { kind: 'malformed', id: `malformed@${messageId}`, at, raw: safeText(text, 2000) };
};
