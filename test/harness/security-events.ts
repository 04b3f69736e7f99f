import type { Control } from './control.ts';

/** A security event as the detections read it, and the log group it was written to. */
export type LoggedEvent = Readonly<Record<string, unknown>> & { readonly group: string };

/** The security events that functions wrote since this number of the log journal. */
export const securityEvents = async (control: Control, since: number): Promise<readonly LoggedEvent[]> => {
  const { entries } = await control.logs(since);
  return entries.flatMap(({ group, message }) => {
    if (!message.includes('"message":"security"')) return [];
    const { level: _level, message: _message, at: _at, ...event } = JSON.parse(message);
    return [{ group, ...event }];
  });
};

/** From which number on the next events will be. */
export const eventsFromHere = async (control: Control): Promise<number> =>
  (await control.logs(Number.MAX_SAFE_INTEGER)).next;
