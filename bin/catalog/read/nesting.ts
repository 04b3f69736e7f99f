import type { CST } from 'yaml';

/** Descriptors have five levels or so; API definitions, which some write in full, have fewer than this. */
const deepest = 60;

const childrenOf = (token: CST.Token): readonly (CST.Token | null | undefined)[] => {
  if (token.type === 'document') return [token.value];
  return 'items' in token ? token.items.flatMap(({ key, value }) => [key, value]) : [];
};

/**
 * Whether a document is nested deeper than can be worth reading. Asked of the tokens, before anything calls itself for
 * each level: on an exhausted stack the engine's regular expressions do not throw, they end the process.
 */
export const isTooDeep = (tokens: readonly CST.Token[]): boolean => {
  let level: readonly CST.Token[] = tokens;
  for (let depth = 0; depth <= deepest; depth += 1) {
    if (level.length === 0) return false;
    level = level.flatMap(childrenOf).filter((token) => token !== null && token !== undefined);
  }
  return level.length > 0;
};
