/**
 * Sorts so that everything comes after what it needs, keeping the given order otherwise.
 * Needs that are not among the names are ignored. `onCycle` must throw; it gets the names of the circle.
 */
export const inOrder = (
  names: Iterable<string>,
  needs: (name: string) => Iterable<string>,
  onCycle: (circle: readonly string[]) => never,
): readonly string[] => {
  const known = new Set(names);
  const sorted = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (sorted.has(name)) return;
    if (path.includes(name)) onCycle([...path.slice(path.indexOf(name)), name]);
    for (const need of needs(name)) if (known.has(need)) visit(need, [...path, name]);
    sorted.add(name);
  };
  for (const name of known) visit(name, []);
  return [...sorted];
};
