import { parseChannels } from '../../../lambdas/pager/channels.ts';
import { incidentsIn } from '../../../lambdas/pager/incidents.ts';
import { handleEvent, type PagerNeeds } from '../../../lambdas/pager/pager.ts';
import { type StandIns, startStandIns } from '../../../local/stand-ins/stand-ins.ts';
import { noon, table } from '../../unit/pager/samples.ts';
import { memoryTable } from './memory-table.ts';

export interface PagerUnderTest {
  readonly standIns: StandIns;
  readonly incidents: ReturnType<typeof memoryTable>;
  /** Log lines. */
  readonly lines: string[];
  /** How long it paused between attempts, in milliseconds; it does not really wait. */
  readonly pauses: number[];
  /** Delivers an event, as Lambda does; other needs for this delivery where given. */
  deliver(event: unknown, changed?: Partial<PagerNeeds>): Promise<void>;
  /** What a vendor took: summaries or actions, in order. */
  taken(vendor: 'pagerduty' | 'slack'): readonly string[];
  secretText(): string;
}

/** The pager's own code against the stand-ins, with literals for AWS. Waits are noted, not waited. */
export const startPager = async (): Promise<PagerUnderTest> => {
  const standIns = await startStandIns();
  const incidents = memoryTable();
  const lines: string[] = [];
  const pauses: number[] = [];
  const secretText = () =>
    JSON.stringify({
      pagerDutyRoutingKey: standIns.routingKey,
      slackWebhookUrl: standIns.slackWebhookUrl,
      pagerDutyUrl: standIns.pagerDutyUrl,
    });
  const needs = (): PagerNeeds => {
    let leftMs = 50_000;
    return {
      table,
      region: 'us-east-1',
      incidents: incidentsIn(incidents.client, 'ringfence-local-operations'),
      contributors: async ({ counts, by }) => ({
        counts,
        by,
        top: [{ keys: ['ten_aaaaaaaaaaaa'], value: 42 }],
        total: 42,
        unique: 1,
      }),
      channels: async () => parseChannels(secretText()),
      now: () => noon,
      log: (level, message, fields) => lines.push(JSON.stringify({ level, message, ...fields })),
      // Far longer than a slow machine needs: a test in which something hangs gives its own.
      askMs: 20_000,
      post: fetch,
      pause: async (ms) => {
        pauses.push(ms);
        leftMs -= ms;
        await new Promise(setImmediate);
      },
      random: () => 0.5,
      leftMs: () => leftMs,
      attemptMs: 20_000,
    };
  };
  return {
    standIns,
    incidents,
    lines,
    pauses,
    secretText,
    deliver: (event, changed = {}) => handleEvent({ ...needs(), ...changed }, event, 'request-1'),
    taken: (vendor) =>
      standIns
        .pages()
        .filter((page) => page.vendor === vendor)
        .flatMap(({ event, message }) => (event ? [event.event_action] : message ? [message.text ?? ''] : [])),
  };
};
