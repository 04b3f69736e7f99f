import type { Target } from './target.ts';

/** `untried`: it could not be tried here, or the stage does without. Proves nothing, breaks nothing. */
export type Verdict = 'held' | 'broken' | 'untried';

/** What a check came to, and why in one line. */
export interface Finding {
  readonly verdict: Verdict;
  readonly why: string;
}

/** One promise looked at from outside. It changes nothing, also when the promise is broken. */
export interface Check {
  /** As docs/verified.md calls it. */
  readonly name: string;
  readonly promise: string;
  /** `aws`: a real stage, not the twin. `token`, `tokens`: of one tenant, of two. */
  readonly needs?: 'aws' | 'token' | 'tokens';
  /** What it throws is a broken promise: what cannot be looked at is not proved. */
  readonly run: (target: Target) => Promise<Finding>;
}

export const held = (why: string): Finding => ({ verdict: 'held', why });
export const broken = (why: string): Finding => ({ verdict: 'broken', why });
export const untried = (why: string): Finding => ({ verdict: 'untried', why });

/** Held when nothing is wrong. */
export const unless = (wrong: readonly string[], why: string): Finding =>
  wrong.length === 0 ? held(why) : broken(wrong.join('; '));
