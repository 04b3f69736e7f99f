/** `npm run check`, beside types and lint: which part may import which, and that we use the glossary's words. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { contract } from '../lambdas/contract.ts';
import { tables } from '../lambdas/kernel/tables.ts';

const root = resolve(import.meta.dirname, '..');

/** What the files of a folder may import: folders and files of ours, packages by prefix. First match counts. */
const rules: readonly { readonly in: string; readonly may: readonly string[] }[] = [
  { in: 'lambdas/kernel/', may: ['lambdas/kernel/', 'zod'] },
  { in: 'lambdas/model/', may: ['lambdas/model/', 'lambdas/kernel/', 'zod', 'node:crypto', 'node:util'] },
  {
    in: 'lambdas/platform/',
    may: [
      'lambdas/platform/',
      'lambdas/model/',
      'lambdas/kernel/',
      '@aws-lambda-powertools/',
      '@aws-sdk/',
      'aws-lambda',
      'bcrypt',
      'jose',
      'node:',
      'zod',
    ],
  },
  {
    in: 'lambdas/authorizer/',
    may: [
      'lambdas/authorizer/',
      'lambdas/platform/',
      'lambdas/model/',
      'lambdas/kernel/',
      '@aws-sdk/',
      'aws-lambda',
      'node:crypto',
    ],
  },
  {
    in: 'lambdas/pager/',
    may: [
      'lambdas/pager/',
      'lambdas/platform/',
      'lambdas/model/',
      'lambdas/kernel/',
      '@aws-sdk/',
      'aws-lambda',
      'node:',
    ],
  },
  {
    in: 'lambdas/exports/',
    may: ['lambdas/exports/', 'lambdas/operators/', 'lambdas/platform/', 'lambdas/model/', 'lambdas/kernel/', 'zod'],
  },
  {
    in: 'lambdas/operators/',
    may: [
      'lambdas/operators/',
      'lambdas/exports/',
      'lambdas/platform/',
      'lambdas/model/',
      'lambdas/kernel/',
      '@aws-sdk/',
      'aws-lambda',
      'node:util',
      'zod',
    ],
  },
  {
    in: 'lambdas/archive/',
    may: ['lambdas/archive/', 'lambdas/platform/', 'lambdas/model/', 'lambdas/kernel/', '@aws-sdk/', 'aws-lambda'],
  },
  {
    in: 'lambdas/features/',
    may: [
      '<own feature>',
      'lambdas/platform/',
      'lambdas/model/',
      'lambdas/kernel/',
      'lambdas/openapi.ts',
      'lambdas/contract.ts',
      'zod',
    ],
  },
  { in: 'lambdas/', may: ['lambdas/', 'zod'] },
  {
    in: 'lib/',
    may: [
      'lib/',
      'stages/',
      'lambdas/contract.ts',
      'lambdas/functions.ts',
      'aws-cdk-lib',
      'constructs',
      'cdk-nag',
      'esbuild',
      'node:',
      'zod',
    ],
  },
  { in: 'stages/', may: ['lib/stage.ts', 'stages/', 'node:'] },
  { in: 'local/', may: ['local/', '@smithy/', '@aws-crypto/', 'ajv', 'node:'] },
];

const filesUnder = (path: string): string[] =>
  statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => filesUnder(join(path, name))) : [path];

const sources = (folder: string): string[] =>
  filesUnder(join(root, folder)).filter((path) => /\.[cm]?[jt]s$/.test(path));

const imports = (text: string): string[] =>
  [...text.matchAll(/^(?:import|export|\}) [^'\n]*from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );

const importProblems = (path: string): string[] => {
  const file = relative(root, path);
  const rule = rules.find((each) => file.startsWith(each.in));
  if (!rule) return [];
  const ownFeature = file.split('/').slice(0, 3).join('/');
  return imports(readFileSync(path, 'utf8'))
    .map((name) => (name.startsWith('.') ? relative(root, join(dirname(path), name)) : name))
    .filter(
      (name) => !rule.may.some((allowed) => name.startsWith(allowed === '<own feature>' ? `${ownFeature}/` : allowed)),
    )
    .map((name) => `${file} imports ${name}. ${rule.in} may import: ${rule.may.join(', ')}.`);
};

/** Rows of the glossary: `| word | meaning | never |`. */
const glossary = readFileSync(join(root, 'docs/glossary.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \*\*/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, word = '', , never = '']) => ({
    word: word.replaceAll('*', ''),
    never: never
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean),
  }));

/** The words customers meet: collections, path segments, what permissions are about. */
const spoken = new Set([
  ...Object.values(tables).flatMap(({ collections }) => collections),
  ...contract.flatMap(({ path }) => path.split('/').filter((segment) => /^[a-z][a-z-]*$/.test(segment))),
  ...contract.flatMap(({ permission }) => (permission === 'public' ? [] : (permission.split(':')[0] ?? []))),
]);

const isKnown = (word: string): boolean =>
  glossary.some((entry) =>
    [entry.word, `${entry.word}s`, entry.word.replace(/y$/, 'ies')].some((form) => form.replaceAll(' ', '-') === word),
  );

const glossaryProblems = (): string[] => [
  ...[...spoken]
    .filter((word) => !isKnown(word))
    .map((word) => `"${word}" is a word of the contract and not in docs/glossary.md.`),
  ...['lambdas', 'lib', 'stages'].flatMap(sources).flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    return glossary.flatMap(({ word, never }) =>
      never
        .filter((wrong) => new RegExp(`\\b${wrong}(s|Id)?\\b`, 'i').test(text))
        .map((wrong) => `${relative(root, path)} says "${wrong}": the word is "${word}" (docs/glossary.md).`),
    );
  }),
];

const problems = [
  ...['lambdas', 'lib', 'stages', 'local'].flatMap(sources).flatMap(importProblems),
  ...glossaryProblems(),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log('Imports go one way, and the words are the glossary’s.');
