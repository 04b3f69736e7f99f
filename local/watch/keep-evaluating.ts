import type { Watch } from './watch.ts';

/** Evaluates the alarms every second of real time: a clock that a test moved is noticed at once. Returns how to stop. */
export const keepEvaluating = (watch: Watch): (() => void) => {
  const timer = setInterval(() => watch.evaluate(), 1000).unref();
  return () => clearInterval(timer);
};
