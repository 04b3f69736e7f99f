type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const sorted = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(fields.map(([name, inner]) => [name, sorted(inner)]));
};

/** A printed answer with the fields of its objects in one order, since JSON gives them none; other text as it is. */
export const inOneOrder = (text: string): string => {
  try {
    return JSON.stringify(sorted(JSON.parse(text) as Json), null, 1);
  } catch {
    return text;
  }
};
