import type { Control } from './control.ts';
import { credentialsIn, redacted } from './credential-scan.ts';

/** Log lines of a twin, from a number on, that hold what looks like a credential; and the number to go on from. */
export const loggedCredentials = async (
  control: Control,
  since = 0,
): Promise<{ readonly found: readonly string[]; readonly next: number; readonly lines: number }> => {
  const { entries, next } = await control.logs(since);
  const found = entries.flatMap(({ group, message }) => {
    // CloudTrail names the access key of every caller: an id, without its secret.
    const kinds = credentialsIn(message).filter((kind) => kind !== 'AWS access key' || !group.endsWith('/trail'));
    return kinds.length > 0 ? [`${group} holds ${kinds.join(', ')}: ${redacted(message)}`] : [];
  });
  return { found, next, lines: entries.length };
};
