import type { Context } from 'aws-lambda';
import { inInvocation } from './invocation.ts';
import { reportHealth } from './log.ts';

let isCold = true;

/** Every handler goes through this: its lines carry the ids of their invocation, and its cold start is counted. */
export const observed =
  <E, A>(handler: (event: E, context: Context) => Promise<A>) =>
  (event: E, context: Context): Promise<A> =>
    inInvocation(event, context, () => {
      if (isCold) reportHealth({ event: 'cold-start' });
      isCold = false;
      return handler(event, context);
    });
