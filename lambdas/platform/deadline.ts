import type { Context } from 'aws-lambda';
import { Failure } from '../kernel/errors.ts';

/** Kept for the answer. */
const marginMs = 500;
/** The gateway gives up after 29 s; the function's own deadline is usually nearer. */
const mostMs = 28_000;

/**
 * Runs work that can still be answered for: its signal fires shortly before the function or the gateway gives up, and
 * then the answer is `deadline-exceeded`, also while the work waits for something that does not heed the signal.
 * @throws Failure `deadline-exceeded`
 */
export const withinDeadline = async <T>(
  context: Pick<Context, 'getRemainingTimeInMillis'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<never>((_, refuse) => {
    const ms = Math.trunc(Math.max(1, Math.min(mostMs, context.getRemainingTimeInMillis() - marginMs)));
    timer = setTimeout(() => {
      ending.abort();
      refuse(new Failure('deadline-exceeded'));
    }, ms);
  });
  try {
    return await Promise.race([work(ending.signal), ended]);
  } finally {
    clearTimeout(timer);
  }
};
