import type { Page } from './page.ts';
import { cut } from './safe-text.ts';

/** An event as PagerDuty takes it. Source: https://developer.pagerduty.com/docs/send-alert-event */
export interface PagerDutyEvent {
  readonly routing_key: string;
  readonly event_action: 'trigger' | 'resolve';
  readonly dedup_key: string;
  readonly client?: string;
  readonly client_url?: string;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly links?: readonly { readonly href: string; readonly text: string }[];
}

const summaryMax = 1024;

const summaryOf = ({ stage, title, impact, affected, telling }: Page): string => {
  const about = telling === 'again' ? 'Again: ' : '';
  const whom = affected[0] ? ` (${affected[0]})` : '';
  return cut(`[${stage}] ${about}${title}${whom} Impact: ${impact}`, summaryMax);
};

const linksOf = ({ runbook, dashboard, alarm }: Page): PagerDutyEvent['links'] =>
  [
    { href: runbook ?? '', text: 'Runbook' },
    { href: dashboard, text: 'Dashboard' },
    { href: alarm ?? '', text: 'Alarm' },
  ].filter(({ href }) => href.startsWith('https://'));

const detailsOf = (page: Page): Readonly<Record<string, unknown>> => ({
  what: page.title,
  impact: page.impact,
  ...(page.affected.length > 0 && { affected: page.affected }),
  changed: page.changed,
  ...(page.firstCommand && { 'first command': page.firstCommand }),
  ...(page.runbook && { runbook: page.runbook }),
  ...(page.technique && { technique: page.technique }),
  'find the lines': page.correlation,
  ...(page.missing.length > 0 && { 'not known': page.missing }),
  ...(page.raw !== undefined && { message: page.raw }),
});

/** The event that opens an incident or adds to it, or the one that closes it. */
export const pagerDutyEvent = (page: Page, action: 'trigger' | 'resolve', routingKey: string): PagerDutyEvent => {
  const event = { routing_key: routingKey, event_action: action, dedup_key: page.dedupKey };
  if (action === 'resolve') return event;
  return {
    ...event,
    client: 'Ringfence',
    client_url: page.dashboard,
    payload: {
      summary: summaryOf(page),
      source: `ringfence-${page.stage} ${page.region}`,
      severity: page.severity,
      timestamp: page.at,
      component: page.component,
      group: `ringfence-${page.stage}`,
      ...(page.technique && { class: page.technique }),
      custom_details: detailsOf(page),
    },
    ...{ links: linksOf(page) ?? [] },
  };
};
