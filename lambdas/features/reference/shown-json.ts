const lineMax = 52;

/**
 * JSON for people: what fits into a line stands in one, and everything else has a line for each element. Standard JSON
 * either way.
 */
export const shownJson = (value: unknown, indent = ''): string => {
  const text = oneLine(value);
  if (typeof value !== 'object' || value === null || indent.length + text.length <= lineMax) return text;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((each) => shownJson(each, inner))
    : Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${shownJson(each, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.map((line) => `${inner}${line}`).join(',\n')}\n${indent}${close}`;
};

const oneLine = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${oneLine(each)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
};
