import { safeText } from './safe-text.ts';

export type Channel = 'PagerDuty' | 'Slack';

/** What delivery needs of the world. Tests give literals. */
export interface Wire {
  readonly post: typeof fetch;
  readonly pause: (ms: number) => Promise<unknown>;
  readonly random: () => number;
  /** Milliseconds until the invocation has to end. */
  readonly leftMs: () => number;
  /** How long one attempt may take. */
  readonly attemptMs: number;
}

/** A vendor did not take a page. Its message says which, and why, and holds no address. */
export class Undelivered extends Error {}

const attemptsMax = 6;
/** An attempt that cannot last so long is not begun. */
const worthwhileMs = 250;

/** Full jitter: https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter */
const backoffMs = (attempt: number, random: () => number): number => random() * Math.min(8000, 400 * 2 ** attempt);

/** `Retry-After` in seconds or as a date: RFC 9110, section 10.2.3. */
const retryAfterMs = (header: string | null): number => {
  if (!header) return 0;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : 0;
};

type Outcome =
  | { readonly taken: true }
  | { readonly taken: false; readonly why: string; readonly mayRetry: boolean; readonly waitMs: number };

/** Errors of the network are told by their code: their text may hold an address, and Slack's is a secret. */
const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'failed';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
};

const attempt = async (wire: Wire, url: string, body: unknown, status: number): Promise<Outcome> => {
  try {
    const answer = await wire.post(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(Math.max(1, Math.min(wire.attemptMs, wire.leftMs()))),
    });
    if (answer.status === status) {
      await answer.body?.cancel().catch(() => {});
      return { taken: true };
    }
    const said = await answer.text().catch(() => '');
    const mayRetry = answer.status === 429 || answer.status >= 500;
    const waitMs = mayRetry ? retryAfterMs(answer.headers.get('retry-after')) : 0;
    return { taken: false, why: `${answer.status} ${safeText(said, 200)}`.trim(), mayRetry, waitMs };
  } catch (error) {
    return { taken: false, why: codeOf(error), mayRetry: true, waitMs: 0 };
  }
};

/**
 * Posts until the vendor takes it. Too many requests, faults of the server and of the network are tried again, with
 * backoff and not before the vendor wants; a refusal is final. Source:
 * https://developer.pagerduty.com/docs/events-api-v2-overview#response-codes--retry-logic
 * @throws Undelivered when it is refused, or not taken before the invocation has to end.
 */
export const deliver = async (
  wire: Wire,
  channel: Channel,
  { url, body, accepted }: { readonly url: string; readonly body: unknown; readonly accepted: number },
): Promise<void> => {
  let last = 'no time left';
  for (let attempts = 0; attempts < attemptsMax && wire.leftMs() > worthwhileMs; attempts += 1) {
    const outcome = await attempt(wire, url, body, accepted);
    if (outcome.taken) return;
    last = outcome.why;
    if (!outcome.mayRetry) break;
    const waitMs = Math.max(outcome.waitMs, backoffMs(attempts, wire.random));
    if (waitMs + worthwhileMs > wire.leftMs()) break;
    await wire.pause(waitMs);
  }
  throw new Undelivered(`${channel} did not take the page: ${last}`);
};
