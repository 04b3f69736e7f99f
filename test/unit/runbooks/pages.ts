import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../../..');

export interface Page {
  /** Below the repository. */
  readonly path: string;
  readonly text: string;
  readonly headings: readonly string[];
  /** What stands in fences of shell. */
  readonly blocks: readonly string[];
  /** Commands in running text. */
  readonly inline: readonly string[];
  readonly links: readonly string[];
}

/** What has places to fill in is a description, not a command. */
const isCommand = /^(aws|npx|npm|curl|ask|block|unblock|ago) [^<…]+$/;

const readPage = (path: string): Page => {
  const text = readFileSync(join(root, path), 'utf8');
  const fences = [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^ *```$/gm)];
  const prose = text.replace(/^( *)```(\w*)\n([\s\S]*?)^ *```$/gm, '');
  return {
    path,
    text,
    headings: [...prose.matchAll(/^#{1,3} (.+)$/gm)].map(([, heading = '']) => heading),
    blocks: fences.map(([, indent = '', language = '', body = '']) => {
      if (language !== 'sh') throw new Error(`${path}: a fence of "${language}" is checked by nobody: use sh.`);
      return body.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
    }),
    inline: [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code).filter((code) => isCommand.test(code)),
    links: [...prose.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link),
  };
};

const folder = 'docs/runbooks';
export const runbooks: readonly (Page & { readonly name: string })[] = readdirSync(join(root, folder))
  .filter((file) => file.endsWith('.md') && file !== 'README.md')
  .map((file) => ({ ...readPage(join(folder, file)), name: file.replace('.md', '') }));
export const readme = readPage(join(folder, 'README.md'));

/** All that people follow at night. */
export const pages: readonly Page[] = [...runbooks, readme, readPage('docs/on-call.md')];

/** As GitHub names them. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
