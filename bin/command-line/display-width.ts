const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Characters that take two columns: East Asian wide and fullwidth, and emoji. Source: Unicode UAX #11. */
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}|\ufe0f/u;
const zero = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

const widthOf = (grapheme: string): number => (wide.test(grapheme) ? 2 : zero.test(grapheme) ? 0 : 1);

const isPlain = (text: string): boolean => /^[ -~]*$/.test(text);

/** Columns that a text takes on a terminal. */
export const displayWidth = (text: string): number =>
  isPlain(text) ? text.length : [...segmenter.segment(text)].reduce((sum, { segment }) => sum + widthOf(segment), 0);

/** At most so many columns, never half a character, with `…` where something is missing. */
export const fitted = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    used += widthOf(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
};
