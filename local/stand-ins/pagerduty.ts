import { Ajv } from 'ajv';
import { pagerDutyBytesMax, pagerDutySchema } from './pagerduty-schema.ts';
import type { VendorAnswer } from './vendor.ts';

export interface PagerDutyEvent {
  readonly routing_key: string;
  readonly event_action: 'trigger' | 'acknowledge' | 'resolve';
  readonly dedup_key?: string;
  readonly payload?: Readonly<Record<string, unknown>> & { readonly summary: string; readonly severity: string };
  readonly links?: readonly { readonly href: string; readonly text?: string }[];
}

/** An alert as PagerDuty keeps it: what has the same key belongs to it until it is resolved. */
export interface Alert {
  readonly dedupKey: string;
  state: 'triggered' | 'acknowledged' | 'resolved';
  severity: string;
  readonly summary: string;
  triggers: number;
}

const isValid = new Ajv({ allErrors: true, strict: false }).compile<PagerDutyEvent>(pagerDutySchema);

const json = (status: number, body: object): VendorAnswer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});

const invalid = (errors: readonly string[]): VendorAnswer =>
  json(400, { status: 'invalid event', message: 'Event object is invalid', errors });

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/**
 * PagerDuty's Events API v2, as far as one integration sees it. What it takes changes alerts as documented:
 * https://developer.pagerduty.com/docs/send-alert-event
 */
export const createPagerDuty = (routingKey: string) => {
  const alerts: Alert[] = [];

  const change = ({ event_action: action, dedup_key: key, payload }: PagerDutyEvent, dedupKey: string): void => {
    const open = alerts.find((alert) => alert.dedupKey === key && alert.state !== 'resolved');
    if (action !== 'trigger') {
      if (open) open.state = action === 'resolve' ? 'resolved' : 'acknowledged';
      return;
    }
    const { severity = '', summary = '' } = payload ?? {};
    if (open) {
      open.triggers += 1;
      open.severity = severity;
    } else alerts.push({ dedupKey, state: 'triggered', severity, summary, triggers: 1 });
  };

  return {
    alerts: (): readonly Alert[] => alerts.map((alert) => ({ ...alert })),
    answer: (body: string): VendorAnswer & { readonly event?: PagerDutyEvent } => {
      if (Buffer.byteLength(body) > pagerDutyBytesMax) return json(413, { status: 'payload too large' });
      const event = parsed(body);
      if (!isValid(event))
        return invalid((isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`));
      if (event.routing_key !== routingKey) return invalid(['Invalid routing key']);
      const dedupKey = event.dedup_key ?? `generated-${alerts.length + 1}`;
      change(event, dedupKey);
      return { ...json(202, { status: 'success', message: 'Event processed', dedup_key: dedupKey }), event };
    },
  };
};
