/** As much of a text as orders it among others. */
const most = 60;

/**
 * A text as it is compared and sorted: without case, in one composition, runs of space as one. `#` separates the parts
 * of our keys, so it is written as its full-width form, which no folded text has. The sigma that ends a Greek word is a
 * sigma: a word goes on behind what was asked for.
 * Source: https://www.unicode.org/reports/tr15/
 */
export const fold = (text: string): string =>
  [...text.normalize('NFKC').toLowerCase().replaceAll('\u03C2', '\u03C3').replace(/\s+/gu, ' ').trim()]
    .slice(0, most)
    .join('')
    .replaceAll('#', '\uFF03');

/** Sorts before whatever a name can hold, so that a name comes before those that begin with it. */
const end = '\u0001';

/** The sort key of a thing in an index: by a text, and by id where the texts are the same. */
export const sortKey = (text: string, id: string): string => `${fold(text)}${end}${id}`;

/** Whether a sort key of an index is that of a thing. */
export const isSortKeyOf = (sortKey: string | undefined, prefix: string, id: string): boolean =>
  (sortKey ?? '').startsWith(prefix) && (sortKey ?? '').endsWith(end + id);
