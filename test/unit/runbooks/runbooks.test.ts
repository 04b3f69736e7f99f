import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { functions } from '../../../lambdas/functions.ts';
import { detections } from '../../../lib/detections/index.ts';
import { anchorOf, pages, readme, root, runbooks } from './pages.ts';

const headings = [
  'Do this first',
  'What it means',
  'Real or noise',
  'The first five minutes',
  'Stop it',
  'Who is affected',
  'When it is over',
  'Afterwards',
];
const names = detections.map(({ name }) => name);

it('every detection has a runbook, and every runbook a detection', () =>
  expect(runbooks.map(({ name }) => name).sort()).toEqual([...names].sort()));

it('the table of runbooks is the table of detections, worst first', () => {
  const rows = (['critical', 'error', 'warning', 'info'] as const).flatMap((wanted) =>
    detections
      .filter(({ severity }) => severity === wanted)
      .map(
        ({ name, title, severity, closes, group }) =>
          `| [${name}](${name}.md) | ${title} | ${severity} | ${closes} | ${group ? `\`${group}\`` : ''} |`,
      ),
  );
  expect(readme.text.split('\n').filter((line) => /^\| \[[a-z-]+\]\([a-z-]+\.md\) \| /.test(line))).toEqual(rows);
});

it('pages that take a function out of service say what it had', () => {
  const own = functions.flatMap(({ name, reservedConcurrency: count }) => (count ? [`\`${name}\` ${count}`] : []));
  for (const { text } of pages.filter((page) => /aws lambda delete-function-concurrency/.test(page.text)))
    expect(text).toContain(own.join(', '));
});

it('the limits on a function’s time are those of the table of functions', () => {
  const text = runbooks.find(({ name }) => name === 'function-near-timeout')?.text ?? '';
  const limit = (wanted: string) => functions.find(({ name }) => name === wanted)?.timeoutSeconds;
  const [authorizer, operators, pager, others] = [...text.matchAll(/\b(\d+),000\b/g)].map(([, seconds]) =>
    Number(seconds),
  );
  expect({ authorizer, operators, pager }).toEqual({
    authorizer: limit('authorizer'),
    operators: limit('operators'),
    pager: limit('pager'),
  });
  const rest = functions.filter(({ name }) => !['authorizer', 'operators', 'pager', 'archive'].includes(name));
  expect(new Set(rest.map(({ timeoutSeconds }) => timeoutSeconds))).toEqual(new Set([others]));
  expect(limit('archive')).toBe(pager);
});

describe.each(runbooks)('$name', ({ name, text, headings: found, blocks }) => {
  it('answers what is asked at night, in one order', () => expect(found).toEqual([name, ...headings]));

  it('says in its first lines what happened, and then what to do', () => {
    expect(text).toMatch(
      /^# [a-z-]+\n\n[A-Z].{10,200}[.]\n\n## Do this first\n\n```sh\nSTAGE=production REGION=eu-central-1 && \. docs\/runbooks\/on-call\.sh\n\S/,
    );
    expect(blocks.length).toBeGreaterThan(2);
  });

  it('says how it closes as the detection does', () => {
    const [, over = ''] = /## When it is over\n\n([\s\S]*?)\n## /.exec(text) ?? [];
    const closes = detections.find((each) => each.name === name)?.closes;
    expect(
      /closes by itself/.test(over) ? 'itself' : /Close (the page |it )?by hand/.test(over) ? 'person' : 'unsaid',
    ).toBe(closes);
  });

  it('names the group that pages in its place', () => {
    const group = detections.find((each) => each.name === name)?.group;
    if (group) expect(text).toContain(`\`${group}\``);
  });

  it('can be read in three minutes', () => expect(text.split('\n').length).toBeLessThan(150));
});

it.each(pages)('links of $path lead somewhere', ({ path, links, headings: own }) => {
  for (const link of links.filter((each) => !each.startsWith('https://'))) {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : join(dirname(path), file);
    expect([link, existsSync(join(root, target))]).toEqual([link, true]);
    if (anchor === undefined) continue;
    const there =
      file === ''
        ? own
        : [...readFileSync(join(root, target), 'utf8').matchAll(/^#{1,3} (.+)$/gm)].map(([, heading = '']) => heading);
    expect(there.map(anchorOf)).toContain(anchor);
  }
});
