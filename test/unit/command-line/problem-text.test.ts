import { callError, problemText } from '../../../bin/command-line/problem-text.ts';
import { ProblemError, UnexpectedAnswer } from '../../../lambdas/client-request.ts';
import { errorCodes, problemOf } from '../../../lambdas/kernel/errors.ts';

const url = 'https://api.example.com';

it.each(errorCodes)('%s: its title, what to do, and the full address of its page', (code) => {
  const [first, ...rest] = problemText(problemOf(code), url).split('\n');
  expect(first).toBe(`${problemOf(code).title}.`);
  expect(rest).toHaveLength(2);
  expect(rest[0]).toMatch(/^ {2}\S.+/);
  expect(rest[1]).toBe(`  ${url}/docs/errors/${code}`);
});

it('refused fields are called options and words, where they were; the id of an internal error is there for support', () => {
  const fields = [
    { field: 'body.tier', expected: 'at most 4' },
    { field: 'path.tokenId', expected: 'expected tok_' },
    { field: 'body.links.0', expected: 'x' },
  ];
  const optionOf = (field: string) => (field === 'body.tier' ? '--tier' : undefined);
  expect(problemText(problemOf('invalid-request', fields), url, optionOf).split('\n')).toEqual([
    'The request is not valid.',
    '  --tier: expected at most 4',
    '  token id: expected tok_',
    '  body.links.0: expected x',
    `  ${url}/docs/errors/invalid-request`,
  ]);
  expect(problemText(problemOf('internal', [], 'urn:x'), url)).toContain('\n  Instance: urn:x\n');
});

it.each([
  ['a refusal', new ProblemError(problemOf('unavailable')), /^The service is busy\.\n/],
  [
    'the answer of another program',
    new UnexpectedAnswer(502, 'text/html'),
    /^https:\/\/api\.example\.com: Status 502 with text\/html/,
  ],
  [
    'a lost connection',
    Object.assign(new TypeError('fetch failed'), { cause: { code: 'ENOTFOUND' } }),
    /cannot be reached \(ENOTFOUND\)/,
  ],
  ['what is no JSON', new SyntaxError('Unexpected token'), /answered what is no JSON/],
])('whatever a call throws ends as exit code 1 with a reason: %s', (_, error, message) => {
  expect(callError(error, url)).toMatchObject({ exitCode: 1, message: expect.stringMatching(message) });
});

it.each([new TypeError('x is not a function'), new RangeError('x')])(
  'a fault of our own is not hidden: %s',
  (error) => {
    expect(callError(error, url)).toBe(error);
  },
);
