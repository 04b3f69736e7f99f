import type { Control } from './control.ts';

/** A security event as the detections read it, without what only tells lines apart, and the log group it was written to. */
export type LoggedEvent = Readonly<Record<string, unknown>> & { readonly group: string };

const ofTheLine = new Set(['level', 'message', 'time', 'function', 'invocationId', 'requestId']);

/** The security events that functions wrote since this number of the log journal. */
export const securityEvents = async (control: Control, since: number): Promise<readonly LoggedEvent[]> => {
  const { entries } = await control.logs(since);
  return entries.flatMap(({ group, message }) => {
    if (!message.includes('"message":"security"')) return [];
    const line = Object.entries(JSON.parse(message)).filter(([name]) => !ofTheLine.has(name));
    return [{ group, ...Object.fromEntries(line) }];
  });
};

/** From which number on the next events will be. */
export const eventsFromHere = async (control: Control): Promise<number> => await control.logsSoFar();
