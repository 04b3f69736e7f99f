/**
 * What a terminal could take for a command, or show as something else than it is: control characters, marks that turn
 * the direction of writing, invisible characters, halves of characters. Joiners stay: emoji are made of them.
 * Sources: ECMA-48 (C0, C1), https://trojansource.codes
 */
const harmful =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

const escaped = (character: string): string =>
  [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');

/** One line of text that others wrote, made fit to be shown: what is harmful stands there as `\u001b`. */
export const harmless = (text: string): string => text.replace(harmful, escaped);

/** The same for several lines. */
export const harmlessLines = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => harmless(line.replaceAll('\t', '  ')))
    .join('\n');

/** JSON of the same value that is harmless to show: inside a string, `\u001b` is what it stands for. */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(harmful, (character) =>
    character === '\n' ? character : escaped(character),
  );
