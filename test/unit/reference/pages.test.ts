import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contract } from '../../../lambdas/contract.ts';
import { changelogPage } from '../../../lambdas/features/reference/changelog-page.ts';
import { errorIndexPage, errorPage } from '../../../lambdas/features/reference/error-pages.ts';
import { pageScript } from '../../../lambdas/features/reference/page-script.ts';
import { pageStyle } from '../../../lambdas/features/reference/page-style.ts';
import { referencePage } from '../../../lambdas/features/reference/reference-page.ts';
import { defineRoute } from '../../../lambdas/kernel/define-route.ts';
import { errorCodes } from '../../../lambdas/kernel/errors.ts';
import { openApiOf } from '../../../lambdas/openapi.ts';
import { answer } from '../../../lambdas/platform/answer.ts';
import { apiReleases } from '../../../lib/constructs/api-releases.ts';
import { madeUp } from './made-up-contract.ts';

const assets = { style: pageStyle, script: pageScript };
const changelog = readFileSync(join(import.meta.dirname, '../../../CHANGELOG.md'), 'utf8');
const reference = referencePage(openApiOf(contract), assets);
const pages: readonly (readonly [path: string, text: string])[] = [
  ['/docs', reference],
  ['/docs/errors', errorIndexPage(assets)],
  ['/docs/changelog', changelogPage(apiReleases(changelog), assets)],
  ...errorCodes.map((code) => [`/docs/errors/${code}`, errorPage(code, contract, assets)] as const),
];

const idsIn = (text: string): readonly string[] => [...text.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
const linksIn = (text: string): readonly string[] =>
  [...text.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, link = '']) => link);

const isRoute = (path: string): boolean =>
  contract.some(
    (route) => route.method === 'GET' && new RegExp(`^${route.path.replace(/\{\w+\}/, '[a-z-]+')}$`).test(path),
  );
const anchors = new Map(pages.map(([path, text]) => [path, new Set(idsIn(text))]));

describe.each(pages)('%s', (path, text) => {
  it.each(['', '/a-stage'])('has links that lead somewhere, behind the path "%s" too', (stage) => {
    for (const link of linksIn(text)) {
      const { origin, pathname, hash } = new URL(link, `https://api.example${stage}${path}`);
      const target = pathname.slice(stage.length);
      expect([link, origin, pathname.startsWith(stage), isRoute(target)]).toEqual([
        link,
        'https://api.example',
        true,
        true,
      ]);
      if (hash !== '') expect([link, anchors.get(target)?.has(hash.slice(1))]).toEqual([link, true]);
    }
  });

  it('has each id once, one heading above all, and none that skips a level', () => {
    const ids = idsIn(text);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const levels = [...text.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1)).toEqual([]);
  });

  it('takes nothing from elsewhere, and no style or script but its own', () => {
    expect(text.match(/<(script|style)\b/g)).toEqual(['<style', '<script']);
    const body = text.replace(pageScript, '').replace(pageStyle, '');
    expect(body).not.toMatch(/ (on\w+|style)=|<(img|iframe|form|object|embed|base)\b|src=/);
    expect(text.match(/<link [^>]*>/g)).toEqual([expect.stringContaining('href="data:image/svg+xml,')]);
  });
});

describe('the reference', () => {
  it('has every operation of the contract, with its path and a command', () => {
    for (const { operation, path } of contract) {
      const [, section = ''] = reference.split(` id="${operation}"`);
      expect(section.slice(0, section.indexOf('</section>'))).toContain(`<code>${path}</code>`);
      expect(reference).toContain(`id="curl-${operation}"`);
    }
  });

  it('shows text as text, whatever it says', () => {
    const page = referencePage(openApiOf(madeUp), assets);
    expect(page).toContain('List &lt;old&gt; things &amp; &quot;others&quot;');
    expect(page).toContain('&lt;b&gt;bold&lt;/b&gt;');
    expect(page).not.toMatch(/<old>|<b>/);
  });
});

describe('a page as it is answered', () => {
  const { headers = {}, body } = answer({ status: 200, body: reference, html: assets });
  const policy = String(headers['Content-Security-Policy']);
  const hashOf = (tag: string): string => {
    const [, content = ''] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(body) ?? [];
    return createHash('sha256').update(content).digest('base64');
  };

  it('lets a browser apply its style and run its script, and nothing else', () => {
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      'img-src data:',
      `style-src 'sha256-${hashOf('style')}'`,
      `script-src 'sha256-${hashOf('script')}'`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
  });

  it('is HTML, tells nobody where the reader came from, and runs no script where it has none', () => {
    expect(headers).toMatchObject({
      'Content-Type': 'text/html; charset=utf-8',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    });
    const plain = answer({ status: 200, body: 'a', html: { style: pageStyle } });
    expect(plain.headers?.['Content-Security-Policy']).not.toContain('script-src');
  });

  it.each([
    { method: 'POST', permission: 'public', audit: 'page.made' },
    { method: 'GET', permission: 'me:read' },
  ] as const)('cannot be what $method with the permission $permission answers', (how) => {
    const page = { path: '/docs/a', summary: 'A', input: {}, errors: [], touches: {} } as const;
    const answers = { status: 200, html: assets } as const;
    expect(() => defineRoute({ ...page, answers, ...how })).toThrow('GET and public');
  });
});

it('the changelog shows what callers notice, version by version', () => {
  const text =
    '# Changelog\n\n## 2.0.0\n\n### API\n- `a` is\n  gone.\n- b.\n\n### Fixed\n- c.\n\n## 1.0.0\n\n### Added\n- d.\n';
  expect(apiReleases(text)).toEqual([{ version: '2.0.0', changes: ['`a` is gone.', 'b.'] }]);
  expect(apiReleases(changelog)[0]?.changes.length).toBeGreaterThan(0);
});
