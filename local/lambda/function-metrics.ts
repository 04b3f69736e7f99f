import type { Metric } from '../watch/watch.ts';

/** Takes a value that a service measures: `Watch.measured`. */
export type Measured = (metric: Metric, at: number, value: number) => void;

/**
 * What Lambda measures of a call, by function. A throttled call is no invocation, and has no duration.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export const measureInvocation = (
  { name, measured }: { readonly name: string; readonly measured: Measured },
  at: number,
  call:
    | { readonly kind: 'throttled' }
    | { readonly kind: 'answered' | 'failed'; readonly ms: number; readonly running: number },
): void => {
  const values =
    call.kind === 'throttled'
      ? { Throttles: 1 }
      : {
          Invocations: 1,
          Errors: call.kind === 'failed' ? 1 : 0,
          Throttles: 0,
          Duration: call.ms,
          ConcurrentExecutions: call.running,
        };
  for (const [metric, value] of Object.entries(values))
    measured({ namespace: 'AWS/Lambda', name: metric, dimensions: { FunctionName: name } }, at, value);
};
