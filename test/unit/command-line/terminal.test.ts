import { terminalOf } from '../../../bin/command-line/terminal.ts';

const red = '\u001b[31mtext\u001b[0m';
it.each([
  ['a terminal', { isTTY: true, columns: 80 }, {}, red],
  ['a pipe or a file', {}, {}, 'text'],
  ['a terminal under NO_COLOR', { isTTY: true, columns: 80 }, { NO_COLOR: '1' }, 'text'],
  ['a terminal under an empty NO_COLOR, which says nothing', { isTTY: true, columns: 80 }, { NO_COLOR: '' }, red],
  ['a terminal that knows no colours', { isTTY: true, columns: 80 }, { TERM: 'dumb' }, 'text'],
])('colour on %s', (_, stream, env, shown) => {
  expect(terminalOf(stream, env).paint('red', 'text')).toBe(shown);
});

it('only a terminal has a width: what is piped is never cut', () => {
  expect([terminalOf({ columns: 80 }, {}).width, terminalOf({ isTTY: true, columns: 80 }, {}).width]).toEqual([
    undefined,
    80,
  ]);
  expect(terminalOf({ isTTY: true }, {}).width).toBe(80);
});
