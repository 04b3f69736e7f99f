import type { ContextKeys } from './context-keys.ts';
import { matchesArn } from './match-arn.ts';
import { matchesPattern, textOf } from './match-pattern.ts';
import { type Piece, resolveVariables } from './resolve-variables.ts';
import { unknown, type Verdict, verdictOf } from './verdict.ts';

/** One value of a condition as the policy writes it, with the keys its variables may read. */
export interface Wanted {
  readonly text: string;
  /** Absent in policies that have no variables. */
  readonly keys: ContextKeys | undefined;
}

/** Compares a value of the request with a value of the policy. */
export type Compare = (wanted: Wanted, actual: string) => Verdict;

/** The comparisons of strings, ARNs and booleans: those operators that take policy variables. */
export const equals = resolving((pieces, actual) => textOf(pieces) === actual);

export const equalsIgnoringCase = resolving((pieces, actual) => textOf(pieces).toLowerCase() === actual.toLowerCase());

export const like = resolving(matchesPattern);

export const arnLike = resolving(matchesArn);

export const isBool = resolving((pieces, actual) => {
  const [wanted, given] = [textOf(pieces).toLowerCase(), actual.toLowerCase()];
  return wanted === 'true' || wanted === 'false' ? wanted === given : undefined;
});

// An unresolved variable matches nothing on AWS, which an Allow may not and a Deny should not profit from: unknown is both.
function resolving(matches: (pieces: readonly Piece[], actual: string) => boolean | undefined): Compare {
  return (wanted, actual) => {
    const resolved = resolveVariables(wanted.text, wanted.keys);
    if ('unresolved' in resolved) return unknown(`the variable ${resolved.unresolved} has no value`);
    const text = textOf(resolved.pieces);
    const matched = matches(resolved.pieces, actual);
    if (matched === undefined) return unknown(`"${text}" is not a value this operator knows`);
    return verdictOf(matched, `"${actual}" ${matched ? 'is' : 'is not'} "${text}"`);
  };
}
