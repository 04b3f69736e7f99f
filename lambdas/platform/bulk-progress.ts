import type { Write } from '../kernel/session.ts';
import type { Success } from './answer.ts';
import type { Idempotency, Progress } from './idempotency.ts';

/**
 * How far a bulk change with an Idempotency-Key has come. Each element's own transaction takes the record one step
 * further, so that no element is carried out twice under one key: whoever repeats a request that was cut off goes on
 * where it ended, and of two at once only one can take each step.
 */
export interface BulkProgress {
  /** What an element was answered before. */
  answerOf(at: number): unknown;
  /** To be committed with an element's change. */
  step(at: number, answer: unknown): Write;
  /** That it was. */
  stepped(at: number, answer: unknown): void;
  /** The last step. */
  end(success: Success): Write;
}

export const bulkProgress = (idempotency: Idempotency, from: Progress): BulkProgress => {
  let known = from;
  const withAnswer = (at: number, answer: unknown): Progress['done'] => ({ ...known.done, [at]: answer });
  return {
    answerOf: (at) => known.done[at],
    step: (at, answer) => idempotency.step(known, { done: withAnswer(at, answer) }),
    stepped: (at, answer) => {
      known = { done: withAnswer(at, answer), version: known.version + 1 };
    },
    end: (success) => idempotency.step(known, { done: {}, answer: success }),
  };
};
