import type { Path } from '../read/parsed-document.ts';

/** Says something: not null, an empty text, list or map. */
const isSaying = (value: unknown): boolean =>
  value !== null &&
  value !== undefined &&
  value !== '' &&
  !(typeof value === 'object' && Object.keys(value).length === 0);

/** Paths of what holds something and is not in `taken` (paths as JSON), each as near to the root as it can be. */
export const leftovers = (root: unknown, taken: ReadonlySet<string>): readonly Path[] => {
  const holdsTaken = (path: Path): boolean => {
    const start = `${JSON.stringify(path).slice(0, -1)}${path.length > 0 ? ',' : ''}`;
    return [...taken].some((each) => each.startsWith(start));
  };
  const below = (value: unknown, path: Path): readonly Path[] => {
    if (!isSaying(value) || taken.has(JSON.stringify(path))) return [];
    if (!holdsTaken(path) || typeof value !== 'object' || value === null) return [path];
    return Object.entries(value).flatMap(([key, each]) =>
      below(each, [...path, Array.isArray(value) ? Number(key) : key]),
    );
  };
  return below(root, []);
};
