/** As much of a text as orders it among others. */
const most = 60;

/**
 * A text as it is compared and sorted: without case, in one composition, runs of space as one. `#` separates the parts
 * of our keys, so it is written as its full-width form, which no folded text has.
 * Source: https://www.unicode.org/reports/tr15/
 */
export const fold = (text: string): string =>
  [...text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim()]
    .slice(0, most)
    .join('')
    .replaceAll('#', '\uFF03');
