/** Whether a part of a statement holds. `unknown` is what AWS leaves open or the twin cannot decide. */
export type Holds = 'yes' | 'no' | 'unknown';

/** An answer with its explanation, in words that read well after "because". */
export interface Verdict {
  readonly holds: Holds;
  readonly why: string;
}

export const yes = (why: string): Verdict => ({ holds: 'yes', why });
export const no = (why: string): Verdict => ({ holds: 'no', why });
export const unknown = (why: string): Verdict => ({ holds: 'unknown', why });

export const verdictOf = (holds: boolean, why: string): Verdict => (holds ? yes(why) : no(why));

const opposite: Readonly<Record<Holds, Holds>> = { yes: 'no', no: 'yes', unknown: 'unknown' };

/** Turns yes into no and back; what is unknown stays unknown, so that a negation never turns doubt into a permission. */
export const negated = (verdict: Verdict): Verdict => ({ holds: opposite[verdict.holds], why: verdict.why });

/** Yes when one is yes; no when all are no; unknown in between (Kleene's three-valued OR). */
export function anyOf(verdicts: readonly Verdict[]): Verdict {
  const holds = has(verdicts, 'yes') ? 'yes' : has(verdicts, 'unknown') ? 'unknown' : 'no';
  return { holds, why: whysOf(verdicts, holds) };
}

/** No when one is no; yes when all are yes; unknown in between (Kleene's three-valued AND). */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  const holds = has(verdicts, 'no') ? 'no' : has(verdicts, 'unknown') ? 'unknown' : 'yes';
  return { holds, why: whysOf(verdicts, holds) };
}

const has = (verdicts: readonly Verdict[], holds: Holds): boolean => verdicts.some((each) => each.holds === holds);

const whysOf = (verdicts: readonly Verdict[], holds: Holds): string =>
  verdicts
    .filter((each) => each.holds === holds)
    .map((each) => each.why)
    .join(' and ');
