import { matchesPattern } from './match-pattern.ts';
import type { Piece } from './resolve-variables.ts';

const partsOfAnArn = 6;

/** The colon-delimited parts of an ARN pattern, six at most. A colon inside a variable's value separates nothing. */
export function arnParts(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const parts: Piece[][] = [[]];
  const last = () => parts[parts.length - 1] ?? [];
  for (const piece of pieces) {
    if (piece.literal) {
      last().push(piece);
      continue;
    }
    for (const [index, text] of piece.text.split(':').entries()) {
      if (index > 0 && parts.length < partsOfAnArn) parts.push([]);
      else if (index > 0) last().push({ text: ':', literal: true });
      last().push({ text, literal: false });
    }
  }
  return parts;
}

/**
 * Whether an ARN matches a pattern of the ARN operators: each of the six parts on its own, so that a wildcard never crosses
 * one of the first five colons. Undefined when the pattern has fewer parts: AWS does not say what it matches.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function matchesArn(pieces: readonly Piece[], arn: string): boolean | undefined {
  const parts = arnParts(pieces);
  if (parts.length < partsOfAnArn) return undefined;
  const actual = arn.split(':');
  if (actual.length < partsOfAnArn) return false;
  const values = [...actual.slice(0, partsOfAnArn - 1), actual.slice(partsOfAnArn - 1).join(':')];
  return parts.every((part, index) => matchesPattern(part, values[index] ?? ''));
}
