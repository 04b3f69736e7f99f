import { minuteMs } from './metric-store.ts';

/**
 * The whole minutes after `last` up to `now`, oldest first, at which an alarm's state can change: those from which an
 * alarm that looks back `reachMs` sees the end of what was evaluated, or one of the `busy` minutes in which something was
 * measured since, and the last ones. After a jump of the clock the others are left out: nothing happened in it. After a
 * jump back there is nothing to evaluate before the next minute.
 */
export const minutesToEvaluate = (
  { last, now, busy }: { readonly last: number; readonly now: number; readonly busy: Iterable<number> },
  reachMs: number,
): readonly number[] => {
  const minutes = new Set<number>();
  for (const from of [last, ...busy, now - reachMs]) {
    const first = Math.max(last, Math.floor(from / minuteMs) * minuteMs) + minuteMs;
    const end = Math.min(now, from + reachMs + minuteMs);
    for (let minute = first; minute <= end; minute += minuteMs) minutes.add(minute);
  }
  return [...minutes].sort((left, right) => left - right);
};
