/** Run by detection.ts: one function's bundle, called whenever it is told to, and how long that took. */
import { subscribe } from 'node:diagnostics_channel';
import { createRequire } from 'node:module';
import type { Context } from 'aws-lambda';

export interface Handled {
  readonly ms: number;
  /** Requests it sent meanwhile. */
  readonly calls: number;
  /** Status of a route's answer; absent for the authorizer and when it threw. */
  readonly status?: number;
}

let requests = 0;
subscribe('http.client.request.start', () => {
  requests += 1;
});

const load = createRequire(import.meta.url);
const { handler } = load(process.env.BENCH_BUNDLE ?? '') as {
  handler(event: unknown, context: Context): Promise<{ readonly statusCode?: number }>;
};
const context = {
  awsRequestId: '0b5c9a5e-1f0e-4f57-9a3a-6d0c1f6f3c11',
  getRemainingTimeInMillis: () => 15_000,
} as Context;

process.on('message', async (event) => {
  const before = requests;
  const started = process.hrtime.bigint();
  const answer = await handler(event, context).catch(() => undefined);
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  const status = answer?.statusCode;
  const handled: Handled = { ms, calls: requests - before, ...(status !== undefined && { status }) };
  process.send?.(handled);
});
