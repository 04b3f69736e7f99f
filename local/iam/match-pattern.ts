import type { Piece } from './resolve-variables.ts';

const one = Symbol('?');
const many = Symbol('*');
type Token = string | typeof one | typeof many;

/**
 * Whether a whole string matches: `*` is any run of characters, colons and slashes included, `?` is one character.
 * Case-sensitive. The time is at most the product of both lengths, whatever the pattern.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchesPattern(pieces: readonly Piece[], value: string): boolean {
  const pattern = tokensOf(pieces);
  const text = [...value];
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < text.length; ) {
    const token = pattern[at];
    if (token === many) {
      star = at++;
      resume = index;
    } else if (token !== undefined && (token === one || token === text[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else return false;
  }
  return pattern.slice(at).every((token) => token === many);
}

/** Whether an action matches a pattern of an Action element, without case and without variables. */
export const matchesAction = (pattern: string, action: string): boolean =>
  matchesPattern([{ text: pattern.toLowerCase(), literal: false }], action.toLowerCase());

/** The string that pieces spell, wildcards as they are written. */
export const textOf = (pieces: readonly Piece[]): string => pieces.map((piece) => piece.text).join('');

function tokensOf(pieces: readonly Piece[]): readonly Token[] {
  const token = (char: string): Token => (char === '*' ? many : char === '?' ? one : char);
  return pieces.flatMap(({ text, literal }) => (literal ? [...text] : [...text].map(token)));
}
