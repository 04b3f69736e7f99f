import { isMap, isScalar, type Node, visit } from 'yaml';

export interface DuplicateKey {
  readonly key: string;
  readonly first: number;
  readonly second: number;
}

/**
 * The first key that stands twice in one map, with the offsets of both. The parser's own check compares every key with
 * every other: a map of fifty thousand keys would take it minutes.
 */
export const duplicateKey = (contents: Node | null): DuplicateKey | undefined => {
  let found: DuplicateKey | undefined;
  visit(contents, {
    Map: (_, map) => {
      const seen = new Map<string, number>();
      for (const { key } of isMap(map) ? map.items : []) {
        const name = isScalar(key) ? String(key.value) : undefined;
        if (name === undefined) continue;
        const at = (key as Node).range?.[0] ?? 0;
        const first = seen.get(name);
        if (first !== undefined) {
          found = { key: name, first, second: at };
          return visit.BREAK;
        }
        seen.set(name, at);
      }
      return undefined;
    },
  });
  return found;
};
