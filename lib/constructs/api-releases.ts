import type { ApiRelease } from '../../lambdas/contract.ts';

/** The changes under a heading `### API`, one to a list item, which may go on in the next lines. */
const changesIn = (version: string): readonly string[] => {
  const [, section = ''] = /^### API\n([\s\S]*?)(?=^### |$(?![\s\S]))/m.exec(version) ?? [];
  return section
    .split(/^- /m)
    .slice(1)
    .map((item) => item.trim().replace(/\s+/g, ' '));
};

/** The versions of a changelog that callers of the API notice, in its order. */
export const apiReleases = (changelog: string): readonly ApiRelease[] =>
  changelog
    .split(/^## /m)
    .slice(1)
    .map((text) => ({ version: text.split('\n')[0]?.trim() ?? '', changes: changesIn(text) }))
    .filter(({ changes }) => changes.length > 0);
