import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** What GitHub makes of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** Fenced code links to nothing, and its comments are no headings. */
const proseOf = (path: string): string => readFileSync(path, 'utf8').replace(/^ *```[\s\S]*?^ *```$/gm, '');
const anchorsIn = (path: string): readonly string[] =>
  [...proseOf(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
const linksIn = (text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^https?:/.test(link));

const leadsNowhere = (page: string, link: string): boolean => {
  const [place = '', anchor] = link.split('#');
  const target = place === '' ? page : resolve(dirname(page), place);
  if (!existsSync(target)) return true;
  return anchor !== undefined && !anchorsIn(target).includes(anchor);
};

const pages = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

it.each(pages)('every link of %s leads to a file, and to a heading where it names one', (page) => {
  const path = join(root, page);
  expect(linksIn(proseOf(path)).filter((link) => leadsNowhere(path, link))).toEqual([]);
});

it('every page of docs is reached from the README', () => {
  const seen = new Set<string>();
  const read = (path: string): void => {
    if (seen.has(path) || !path.endsWith('.md') || !existsSync(path)) return;
    seen.add(path);
    for (const link of linksIn(proseOf(path))) read(resolve(dirname(path), link.split('#')[0] ?? ''));
  };
  read(join(root, 'README.md'));
  const lost = pages.filter((page) => !page.startsWith('docs/errors/') && !seen.has(join(root, page)));
  expect(lost.map((page) => relative(root, join(root, page)))).toEqual([]);
});

it.each([
  ['[x](nothing.md)', true],
  ['[x](README.md#nothing)', true],
  ['[x](README.md#two-commands)', false],
  ['[x](https://example.com/nothing.md)', false],
])('the search itself: %s', (text, lost) => {
  const path = join(root, 'README.md');
  expect(linksIn(text).some((link) => leadsNowhere(path, link))).toBe(lost);
});
