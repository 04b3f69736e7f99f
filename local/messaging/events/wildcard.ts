import { refuse } from './pattern-error.ts';

/**
 * Whether a whole text fits: `*` is any run of characters, `\*` and `\\` are themselves. Two stars in a row are refused, as
 * EventBridge refuses them. The time is at most the product of both lengths.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-wildcard-matching
 */
export const wildcard = (pattern: string): ((text: string) => boolean) => {
  const pieces = piecesOf(pattern);
  return (text) => {
    const [first = '', ...rest] = pieces;
    const last = rest.pop();
    if (last === undefined) return text === first;
    if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let at = first.length;
    for (const piece of rest) {
      const found = text.indexOf(piece, at);
      if (found < 0 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return true;
  };
};

/** The literal pieces between the stars. */
const piecesOf = (pattern: string): readonly string[] => {
  const pieces = [''];
  const add = (char: string) => pieces.push((pieces.pop() ?? '') + char);
  for (let at = 0; at < pattern.length; at += 1) {
    const [char = '', next = ''] = [pattern[at], pattern[at + 1]];
    if (char === '\\') {
      if (next !== '*' && next !== '\\') refuse(`wildcard ${pattern} has a backslash before ${next || 'its end'}`);
      add(next);
      at += 1;
    } else if (char !== '*') add(char);
    else if (next === '*') refuse(`wildcard ${pattern} has two stars in a row`);
    else pieces.push('');
  }
  return pieces;
};
