import type { Watch } from './watch.ts';

/**
 * Evaluates the alarms every second of real time: a clock that a test moved is noticed at once. `before` measures what is
 * measured at whole minutes. Returns how to stop.
 */
export const keepEvaluating = (watch: Watch, before: () => void): (() => void) => {
  const timer = setInterval(() => {
    before();
    watch.evaluate();
  }, 1000).unref();
  return () => clearInterval(timer);
};
