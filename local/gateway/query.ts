/** Query parameters, decoded, every value of each. Undefined when the encoding is malformed. */
export const parseQuery = (query: string): ReadonlyMap<string, readonly string[]> | undefined => {
  const values = new Map<string, string[]>();
  try {
    for (const pair of query.split('&').filter((part) => part !== '')) {
      const equals = pair.indexOf('=');
      const name = decode(equals < 0 ? pair : pair.slice(0, equals));
      const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
      values.set(name, [...(values.get(name) ?? []), value]);
    }
    return values;
  } catch {
    return undefined;
  }
};

const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));
