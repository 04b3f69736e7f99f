import { errors } from '../../lambdas/contract.ts';
import { type TestTwin, workerTwin } from '../harness/twin.ts';
import { itWith } from './programs.ts';
import { runProgram } from './run-program.ts';

let twin: TestTwin;
let token: string;
beforeAll(async () => {
  twin = await workerTwin();
  ({ token } = await twin.tenant());
});

interface Sent {
  readonly path?: string;
  readonly args?: readonly string[];
  readonly stdin?: Buffer;
}
const marker = '\n@@';

/** curl, which sends what it is given: no path is tidied. */
const curl = async ({ path = '/v1/services', args = [], stdin = Buffer.alloc(0) }: Sent) => {
  const shown = `${marker}%{http_code} %{content_type}`;
  const fixed = ['-sS', '--path-as-is', '--globoff', '-w', shown, '-H', `Authorization: Bearer ${token}`];
  const { stdout, stderr } = await runProgram('curl', [...fixed, `${twin.addresses.apiUrl}${path}`, ...args], {
    stdin,
  });
  const at = stdout.lastIndexOf(marker);
  if (at < 0) throw new Error(`curl ${path}: ${stderr}`);
  const [status, mediaType] = stdout.slice(at + marker.length).split(' ');
  return { status: Number(status), mediaType, text: stdout.slice(0, at) };
};

const json = ['-H', 'Content-Type: application/json'];
const posted = (body: Buffer | string): Sent => ({
  args: [...json, '--data-binary', '@-'],
  stdin: Buffer.from(body),
});
const twice = ['-H', 'Idempotency-Key: a', '-H', 'Idempotency-Key: b'];

type Case = readonly [what: string, code: keyof typeof errors, sent: Sent];
const paths: readonly Case[] = [
  ['a path with a trailing slash', 'route-not-found', { path: '/v1/services/' }],
  ['a path with an empty segment', 'route-not-found', { path: '/v1//services' }],
  ['a path that climbs', 'route-not-found', { path: '/v1/services/../me' }],
  ['an encoded climb', 'invalid-request', { path: '/v1/services/%2e%2e%2fme' }],
  ['an encoded slash', 'invalid-request', { path: '/v1/services/a%2Fb' }],
  ['a broken escape', 'invalid-request', { path: '/v1/services/%zz' }],
  ['a zero byte', 'invalid-request', { path: '/v1/services/%00' }],
  ['half a character', 'invalid-request', { path: '/v1/services/%ed%a0%80' }],
  ['a query of no known name', 'invalid-request', { path: '/v1/services?colour=red' }],
  ['a query that is given twice', 'invalid-request', { path: '/v1/services?tier=1&tier=2' }],
];
const requests: readonly Case[] = [
  ['a method that the path has not', 'route-not-found', { args: ['-X', 'PATCH'] }],
  ['a body on GET', 'invalid-request', { args: ['-X', 'GET', ...json, '-d', '{"name":"x"}'] }],
  ['a body of another media type', 'unsupported-media-type', { args: ['-H', 'Content-Type: text/xml', '-d', '<a/>'] }],
  ['a header that is given twice', 'invalid-request', { args: [...json, '-d', '{"name":"a"}', ...twice] }],
  ['a body that is not JSON', 'invalid-request', posted('{"name":')],
  ['a body that is not UTF-8', 'invalid-request', posted(Buffer.from('{"name":"\xff"}', 'latin1'))],
  ['a body that is a list', 'invalid-request', posted('[]')],
  ['a body with __proto__', 'invalid-request', posted('{"name":"a","__proto__":{"tier":1}}')],
  ['a body nested deeply', 'invalid-request', posted(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)],
  ['a body of eleven megabytes', 'payload-too-large', posted(Buffer.alloc(11_000_000, ' '))],
];

describe.each([...paths, ...requests])('%s', (_, code, sent) => {
  itWith('curl')(`is refused as ${code}`, async () => {
    const answer = await curl(sent);
    expect(answer).toMatchObject({ status: errors[code].status, mediaType: 'application/problem+json' });
    expect(JSON.parse(answer.text)).toMatchObject({ code, status: errors[code].status });
  });
});
