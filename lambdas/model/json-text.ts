import type { FieldError } from '../kernel/errors.ts';

/** The limits of a body, checked on its text before and while it is parsed. */
export const bodyLimits = { bytes: 65_536, depth: 20 };

const refused = (field: string, expected: string): { readonly refused: FieldError } => ({
  refused: { field, expected },
});

/** Nesting of arrays and objects, without recursion, so that no input can exhaust the stack. */
export const depthOf = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign === '\\') at += 1;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '{' || sign === '[') deepest = Math.max(deepest, ++depth);
    else if (sign === '}' || sign === ']') depth -= 1;
  }
  return deepest;
};

/**
 * Parses a JSON body as data only: no `__proto__` key survives, nesting is bounded, and text that was not UTF-8 (it
 * arrives with replacement characters) is refused rather than stored mangled.
 */
export const parseJsonText = (text: string): { readonly value: unknown } | { readonly refused: FieldError } => {
  if (text.includes('\uFFFD')) return refused('body', 'valid UTF-8');
  if (depthOf(text) > bodyLimits.depth) return refused('body', `at most ${bodyLimits.depth} levels of nesting`);
  let forbidden = false;
  try {
    const value: unknown = JSON.parse(text, (key, inner) => {
      if (key === '__proto__') forbidden = true;
      return inner;
    });
    return forbidden ? refused('body', 'no property named __proto__') : { value };
  } catch {
    return refused('body', 'valid JSON');
  }
};
