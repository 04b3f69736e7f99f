import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import type { Path } from './parsed-document.ts';

interface Step {
  readonly at: number | undefined;
  readonly value: unknown;
}

const stepInto = (node: unknown, key: string | number): Step | undefined => {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
    return pair && { at: (pair.key as Node).range?.[0], value: pair.value };
  }
  if (!isSeq(node)) return undefined;
  const item = node.items[Number(key)] as Node | undefined;
  return item && { at: item.range?.[0], value: item };
};

/** The line within the document, from 1, of the value at a path, or of the nearest that holds it. */
export const lineIn = (document: Document.Parsed, lines: LineCounter, path: Path): number => {
  let node: unknown = document.contents;
  let at = document.contents?.range?.[0] ?? 0;
  for (const key of path) {
    const step = stepInto(isAlias(node) ? node.resolve(document) : node, key);
    if (!step) break;
    at = step.at ?? at;
    node = step.value;
  }
  return Math.max(lines.linePos(at).line, 1);
};
