import type { Notice } from './notice.ts';
import type { Subject } from './subject.ts';

/** What is known of a subject that fired before. */
export interface Incident {
  readonly isFiring: boolean;
  /** Of the newest change that is known. Epoch milliseconds, as all here. */
  readonly changedAt: number;
  readonly openedAt: number;
  /** How often it fired since. */
  readonly times: number;
}

/** How the people on call are to take it. */
export type Telling =
  /** It fires, and nobody was told yet. */
  | 'fires'
  /** It fires while they still have it open. */
  | 'again'
  /** It fired and was quiet again before this message came. */
  | 'over'
  /** It is quiet again. */
  | 'quiet'
  /** A newer message has said more. */
  | 'nothing';

export interface Decision {
  readonly telling: Telling;
  /** To PagerDuty, in this order. */
  readonly actions: readonly ('trigger' | 'resolve')[];
  readonly incident: Incident;
}

/** A person closes it: whatever fires within a day belongs to what they look at. */
const dayMs = 24 * 3600 * 1000;

const isOpen = (subject: Subject, incident: Incident, at: number): boolean =>
  incident.times > 0 && (subject.closes === 'itself' ? incident.isFiring : at - incident.changedAt < dayMs);

const fired = (subject: Subject, at: number, known: Incident | undefined): Decision => {
  if (known && !known.isFiring && known.changedAt > at && subject.closes === 'itself')
    // Told so that nothing is lost, and closed at once: its own end has come before it.
    return { telling: 'over', actions: ['trigger', 'resolve'], incident: { ...known, openedAt: at } };
  const changedAt = Math.max(at, known?.changedAt ?? at);
  const isFiring = changedAt === at || known?.isFiring === true;
  if (!known || !isOpen(subject, known, at))
    return { telling: 'fires', actions: ['trigger'], incident: { isFiring, changedAt, openedAt: at, times: 1 } };
  const incident = { isFiring, changedAt, openedAt: Math.min(at, known.openedAt), times: known.times + 1 };
  return { telling: 'again', actions: ['trigger'], incident };
};

const wentQuiet = (subject: Subject, at: number, wasFiring: boolean, known: Incident | undefined): Decision => {
  const incident = { ...(known ?? { openedAt: at, times: 0 }), isFiring: false, changedAt: at };
  if (known && known.changedAt >= at) return { telling: 'nothing', actions: [], incident: known };
  // An alarm that is new says OK too. One that was in alarm is resolved even if its beginning was never noted.
  if (!known?.isFiring && !wasFiring) return { telling: 'nothing', actions: [], incident };
  return { telling: 'quiet', actions: subject.closes === 'itself' ? ['resolve'] : [], incident };
};

/**
 * What to tell, given what was told before. Messages may come twice, late and in any order; a notice is decided once,
 * and every delivery of it keeps to that. A page that a person closes is never resolved by an alarm.
 */
export const decide = (subject: Subject, notice: Notice, known: Incident | undefined): Decision =>
  notice.kind === 'alarm' && !notice.isFiring
    ? wentQuiet(subject, notice.at, notice.wasFiring, known)
    : fired(subject, notice.at, known);
