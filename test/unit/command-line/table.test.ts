import { displayWidth, fitted } from '../../../bin/command-line/display-width.ts';
import { asTable } from '../../../bin/table.ts';

it.each([
  ['plain', 5],
  ['支払い', 6],
  ['👩‍💻', 2],
  ['❤️', 2],
  ['e\u0301', 1],
  ['Größe', 5],
  ['', 0],
])('%s takes %i columns', (text, width) => expect(displayWidth(text)).toBe(width));

it.each([
  ['plain', 5, 'plain'],
  ['plainly', 5, 'plai…'],
  ['支払い', 5, '支払…'],
  ['支払い', 4, '支…'],
  ['👩‍💻👩‍💻', 3, '👩‍💻…'],
])('%s in %i columns is %s', (text, width, shown) => expect(fitted(text, width)).toBe(shown));

const id = 'svc_PxdYF2odt9B9yzSN';
const rows = [
  [id, 'A name that is much longer than others', 'short'],
  [id, '支払い', 'x'],
];

it('columns stay aligned whatever the characters', () => {
  expect(
    asTable(
      ['ID', 'NAME', 'X'],
      [
        ['1', '支払い', 'a'],
        ['2', 'plain', 'b'],
      ],
    ),
  ).toBe('ID  NAME    X\n1   支払い  a\n2   plain   b');
});

it('a table fits its terminal by cutting what may be cut, and never an id', () => {
  const table = asTable(['ID', 'NAME', 'X'], rows, { width: 45, flexible: ['NAME'] });
  for (const line of table.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(45);
  expect(table.match(new RegExp(id, 'g'))).toHaveLength(2);
  expect(table).toContain('…');
});

it('on a terminal that is too narrow for ids they are whole, and the line is long', () => {
  expect(asTable(['ID', 'NAME', 'X'], rows, { width: 10, flexible: ['NAME'] })).toContain(id);
});

it('without a width nothing is cut', () => expect(asTable(['ID', 'NAME', 'X'], rows)).not.toContain('…'));
