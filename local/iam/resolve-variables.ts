import { type ContextKeys, keyName } from './context-keys.ts';

/** A run of a policy string. What came out of a variable is literal: a `*` in it is an asterisk, not a wildcard. */
export interface Piece {
  readonly text: string;
  readonly literal: boolean;
}

export type Resolved = { readonly pieces: readonly Piece[] } | { readonly unresolved: string };

// ${*} ${?} ${$}, or ${key}, or ${key, 'default'}
const variable = /\$\{(?:([*?$])|([^{}',]+)(?:, '([^']*)')?)\}/y;

/**
 * Replaces the policy variables of a string by their values; without `keys` (policies older than 2012-10-17) none is one.
 * A variable is unresolved when its key is absent, is multivalued, has an empty value, or when it is ill-formed.
 * A default value stands in for an absent key only.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function resolveVariables(text: string, keys: ContextKeys | undefined): Resolved {
  if (!keys) return { pieces: [{ text, literal: false }] };
  const pieces: Piece[] = [];
  let at = 0;
  for (let start = text.indexOf('${'); start >= 0; start = text.indexOf('${', at)) {
    variable.lastIndex = start;
    const found = variable.exec(text);
    const value = found ? variableValue(found, keys) : undefined;
    if (value === undefined) return { unresolved: found?.[0] ?? text.slice(start) };
    pieces.push({ text: text.slice(at, start), literal: false }, { text: value, literal: true });
    at = variable.lastIndex;
  }
  return { pieces: [...pieces, { text: text.slice(at), literal: false }] };
}

function variableValue([, special, key, fallback]: RegExpExecArray, keys: ContextKeys): string | undefined {
  if (special !== undefined) return special;
  const value = keys.get(keyName(key ?? ''));
  if (value === undefined) return fallback;
  // An empty value is null to AWS and a list has no single value: neither may complete a pattern.
  return typeof value === 'string' && value !== '' ? value : undefined;
}
