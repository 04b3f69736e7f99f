/** What differs from run to run. A value is named after the first that was seen, so that equal stays equal. */
const varying: readonly (readonly [kind: string, pattern: string])[] = [
  ['token', 'rfp_[0-9A-Za-z]+…?'],
  ['id', '(?:ten|usr|tok|team|svc|repo|dpl|evt)_[0-9A-Za-z]+'],
  ['time', '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z'],
  ['request', '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'],
  ['cursor', '(?<="next": ?")[^"]+'],
];
const pattern = new RegExp(varying.map(([kind, each]) => `(?<${kind}>${each})`).join('|'), 'g');

/** A mask for one run through the tour: times are one and the same, other values are numbered as they come. */
export const masking = (): ((text: string) => string) => {
  const seen = new Map<string, string>();
  const nameOf = (kind: string, value: string): string => {
    if (kind === 'time') return '<time>';
    const known = seen.get(value) ?? `<${kind} ${seen.size + 1}>`;
    seen.set(value, known);
    return known;
  };
  return (text) =>
    text.replace(pattern, (value, ...rest) => {
      const groups = rest.at(-1) as Readonly<Record<string, string | undefined>>;
      const kind = Object.keys(groups).find((name) => groups[name] !== undefined) ?? '';
      return nameOf(kind, value);
    });
};
