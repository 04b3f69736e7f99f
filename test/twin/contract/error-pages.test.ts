import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { errorIndex, errorPage } from '../../../bin/error-page.ts';
import { errorCodes, problemOf } from '../../../lambdas/kernel/errors.ts';

const docs = resolve(import.meta.dirname, '../../../docs');
const pages = new Map([
  ['README.md', errorIndex()],
  ...errorCodes.map((code) => [`${code}.md`, errorPage(code)] as const),
]);

describe('docs/errors', () => {
  it('has a page for every code and no other', () => {
    expect(readdirSync(join(docs, 'errors')).sort()).toEqual([...pages.keys()].sort());
  });

  it.each([...pages])(
    '%s is what the table of errors says: after a change, node --import tsx bin/error-pages.ts',
    (name, text) => {
      expect(readFileSync(join(docs, 'errors', name), 'utf8')).toBe(text);
    },
  );

  it('is where the type of a problem points', () => {
    for (const code of errorCodes) expect(pages.has(`${problemOf(code).type.split('/').at(-1)}.md`)).toBe(true);
  });
});
