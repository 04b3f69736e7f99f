import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { errorIndex, errorPage } from '../../../bin/error-page.ts';
import { errorCodes, problemOf } from '../../../lambdas/kernel/errors.ts';
import { ask } from '../../harness/http.ts';
import { workerTwin } from '../../harness/twin.ts';

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
});

describe('the type of a problem', () => {
  it.each(errorCodes)('leads to a page of the running API: %s', async (code) => {
    const { type, title, detail } = problemOf(code);
    const { addresses } = await workerTwin();
    const reply = await ask(addresses.apiUrl, 'GET', type);
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const text = reply.text
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>');
    expect(text).toContain(`<h1>${title}</h1>`);
    expect(text).toContain(detail);
  });

  it('leads to no page where there is no such code', async () => {
    const { addresses } = await workerTwin();
    const reply = await ask(addresses.apiUrl, 'GET', '/docs/errors/no-such-code');
    expect(reply).toMatchObject({ status: 404, json: { code: 'route-not-found' } });
  });
});
