import { monthOf } from '../../kernel/audit-event.ts';
import { fail } from '../../kernel/errors.ts';
import { EventId } from '../../kernel/id.ts';
import type { Position } from '../../kernel/session.ts';
import { toIso } from '../../kernel/use-case.ts';

/** Which events are asked for. Times are in the form of the events' own, so that they compare as text. */
export interface AuditRange {
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
}

interface Asked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly subject?: string | undefined;
}

/** Throws `invalid-request` when it ends before it begins. */
export const rangeOf = ({ from, to, subject }: Asked): AuditRange => {
  if (from && to && Date.parse(from) > Date.parse(to)) {
    fail('invalid-request', [{ field: 'query.from', expected: 'a time not after query.to' }]);
  }
  return {
    ...(from && { from: toIso(Date.parse(from)) }),
    ...(to && { to: toIso(Date.parse(to)) }),
    ...(subject && { subject }),
  };
};

/** Greater than any character of a sort key. */
const last = '~';

/** First and last sort key of the range: keys are `<time>#<event id>`, in the index by subject `<subject>#` before. */
export const keysBetween = ({ from = '', to, subject }: AuditRange): readonly [string, string] => {
  const before = subject === undefined ? '' : `${subject}#`;
  // A sort key is never empty, so the lowest bound is one character: digits come after the space.
  return [before + from || ' ', `${before}${to === undefined ? '' : `${to}#`}${last}`];
};

const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/;
const timePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** The month in which a list starts that begins at the newest event. */
export const newestMonth = ({ to }: AuditRange, nowMs: number): string =>
  monthOf(toIso(to === undefined ? nowMs : Math.min(nowMs, Date.parse(to))));

export const monthBefore = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const [y, m] = number === 1 ? [year - 1, 12] : [year, number - 1];
  return `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}`;
};

/** A list stops at an event, or at the start of a month (`2026-03`) when the months before it held too few. */
export const isMonthStart = ({ key, indexKey }: Position): boolean => monthPattern.test(key) && indexKey === undefined;

const isEventPosition = ({ key, indexKey }: Position, { subject }: AuditRange): boolean => {
  const [at = '', id, ...others] = key.split('#');
  if (others.length > 0 || !timePattern.test(at) || !EventId.safeParse(id).success) return false;
  return indexKey === (subject === undefined ? undefined : `${subject}#${key}`);
};

/** Whether a list of this range can have stopped there. */
export const isAuditPosition =
  (range: AuditRange, nowMs: number) =>
  (position: Position): boolean => {
    const month = monthOf(position.key);
    const { from, to } = range;
    if (month > newestMonth(range, nowMs) || (from !== undefined && month < monthOf(from))) return false;
    if (isMonthStart(position)) return true;
    if (!isEventPosition(position, range)) return false;
    const at = position.key.slice(0, position.key.indexOf('#'));
    return monthPattern.test(month) && (from === undefined || from <= at) && (to === undefined || at <= to);
  };
