import { type Case, caseFiles, decide } from './read-cases.ts';

describe.each(caseFiles)('AWS rules of $file', ({ cases }) => {
  it.each(cases)('$name', (each) => {
    const { allowed, reason } = decide(each);
    expect({ allowed, reason }).toEqual({ allowed: each.allowed, reason: expect.stringContaining(each.reason ?? '') });
  });

  it('says of each case the rule and the page of AWS that states it', () => {
    const page = /^https:\/\/docs\.aws\.amazon\.com\/.+\.html(#.+)?$/;
    const isStated = ({ rule, source }: Case) => /^[A-Z$a-z].{15,}\.$/.test(rule) && page.test(source);
    expect(cases.filter((each) => !isStated(each)).map(({ name }) => name)).toEqual([]);
  });

  it('has requests that are allowed and requests that are refused', () => {
    expect(new Set(cases.map(({ allowed }) => allowed))).toEqual(new Set([true, false]));
  });
});

it('covers at least 150 rules, each under a name of its own', () => {
  const names = caseFiles.flatMap(({ file, cases }) => cases.map(({ name }) => `${file}: ${name}`));
  expect(names.length).toBeGreaterThanOrEqual(150);
  expect(new Set(names).size).toBe(names.length);
});
