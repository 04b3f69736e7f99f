import { describe as describeThing } from '../../../bin/command-line/describe.ts';
import { harmless, harmlessLines, jsonText } from '../../../bin/command-line/harmless.ts';
import { listTable } from '../../../bin/command-line/list-table.ts';
import { terminalOf } from '../../../bin/command-line/terminal.ts';

/** What terminals obey, or are fooled by. */
const attacks: readonly [what: string, text: string][] = [
  ['an escape that sets the title', '\u001b]0;gone\u0007'],
  ['an escape that clears the screen', '\u001b[2J'],
  ['the same in one character of C1', '\u009b2J'],
  ['a carriage return that overwrites the line', 'good\rbad'],
  ['a backspace', 'a\bb'],
  ['a line break that makes another row', 'a\nb'],
  ['a mark that turns the direction', 'a\u202eb'],
  ['an isolate', 'a\u2066b'],
  ['an invisible character', 'a\u200bb'],
  ['an invisible tag', 'a\u{e0041}b'],
  ['half a character', 'a\ud800b'],
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
const harm = /[\u0000-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]|\p{Surrogate}/u;

describe.each(attacks)('%s in what others wrote', (_, text) => {
  it('stands there as its code, on one line', () => expect(harmless(text)).not.toMatch(harm));
  it('is nothing to obey in an error of several lines', () =>
    expect(harmlessLines(`first\n${text}`).replaceAll('\n', '')).not.toMatch(harm));
  it('reaches no terminal in a list', () => {
    const table = listTable([['name', 'cut']], [{ name: text }], terminalOf({ columns: 80 }, {}));
    expect(table.split('\n')).toEqual(['NAME', expect.not.stringMatching(harm)]);
  });
  it('reaches no terminal in one thing', () =>
    expect(describeThing({ name: text.replace('\n', '') })).not.toMatch(harm));
  it('is the same value in JSON, which has nothing to obey either', () => {
    const json = jsonText({ name: text }, 2);
    expect(JSON.parse(json)).toEqual({ name: text });
    expect(json.replaceAll('\n', '')).not.toMatch(harm);
  });
});

it.each(['Größe', 'سلام', '支払い', '👩‍💻 and 🏳️‍🌈', 'e\u0301'])('%s is no harm', (text) =>
  expect(harmless(text)).toBe(text),
);
