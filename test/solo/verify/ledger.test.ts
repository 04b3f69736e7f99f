import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { checks } from '../../../bin/verify/index.ts';
import { inertTypes } from '../../../local/resources/inert.ts';

const docs = resolve(import.meta.dirname, '../../../docs');
const read = (page: string): string => readFileSync(join(docs, page), 'utf8');
const names = checks.map(({ name }) => name);

const rowsIn = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('|--'))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()))
    .slice(1);

const sectionOf = (page: string, title: string): string =>
  read(page)
    .split(/^## /m)
    .find((section) => section.startsWith(`${title}\n`)) ?? '';

const promises = rowsIn(sectionOf('verified.md', 'Promises'));
const uncertain = rowsIn(sectionOf('verified.md', "What we rely on and AWS's documents leave open"));
const namesIn = (cell: string): readonly string[] => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name);

it.each(['verified.md', 'twin.md'])('every place that docs/%s points at exists', (page) => {
  const places = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, place = '']) => place);
  expect(places.length).toBeGreaterThan(5);
  expect(places.filter((place) => !existsSync(resolve(dirname(join(docs, page)), place)))).toEqual([]);
});

describe('the ledger of promises', () => {
  it('names every check of ringfence verify, and no other', () => {
    const named = [...new Set(promises.flatMap(([, , onAws = '']) => namesIn(onAws)))].sort();
    expect(named).toEqual([...names].sort());
  });

  it.each(promises)(
    '%s: is proved by a test, and by a check unless it says that it is not',
    (_, here = '', onAws = '') => {
      expect(here).toMatch(/\]\(\.\.\/test\/\S+\.test\.ts\)/);
      if (namesIn(onAws).length === 0) expect(onAws).toContain('not yet proved on AWS');
    },
  );

  it.each(uncertain)('%s: says what follows if not, and what would show it', (_, otherwise = '', seen = '') => {
    expect(otherwise).not.toBe('');
    expect(namesIn(seen).filter((name) => !names.includes(name))).toEqual([]);
    if (namesIn(seen).length === 0) expect(seen).toBe('not yet proved on AWS');
  });

  it('has both tables', () => {
    expect(promises.length).toBeGreaterThan(20);
    expect(uncertain.length).toBeGreaterThan(10);
  });
});

it('no two checks have one name', () => expect(new Set(names).size).toBe(names.length));

it('docs/twin.md lists the inert types as they are', () => {
  const listed = [...sectionOf('twin.md', 'Inert types').matchAll(/^- `(AWS::\S+)`$/gm)].map(([, type]) => type);
  expect(listed.sort()).toEqual([...inertTypes].sort());
});

it('docs/twin.md has the options of local/main.ts and the calls of its control server, and no other', () => {
  const source = (file: string): string => readFileSync(resolve(docs, '../local', file), 'utf8');
  const [, optionLines = ''] = /options: \{([\s\S]*?)\n {2}\},\n\}\)/.exec(source('main.ts')) ?? [];
  const options = [...optionLines.matchAll(/^ {4}'?([a-z-]+)'?: \{/gm)].map(([, name]) => `--${name}`);
  const calls = [...source('control.ts').matchAll(/^ {2}'([A-Z]+ \/[a-z/-]+)':/gm)].map(([, call]) => call);
  const documented = (title: string) =>
    rowsIn(sectionOf('twin.md', title))
      .map(([first = '']) => first)
      .join(' ');
  const wordsIn = (text: string, word: RegExp) => [...new Set(text.match(word))].sort();
  expect(wordsIn(documented('Running it'), /--[a-z-]+/g)).toEqual(options.sort());
  expect(wordsIn(documented('Control server and faults'), /(GET|POST|DELETE) \/[a-z/-]+/g)).toEqual(calls.sort());
});
