import { once } from 'node:events';
import { connect } from 'node:net';
import { contract } from '../../../lambdas/contract.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

let twin: TestTwin;
let tenant: FreshTenant;

beforeAll(async () => {
  twin = await workerTwin();
  tenant = await twin.tenant();
});

/** Bytes as they are, and all that comes back until the other side is done. */
const exchange = async (bytes: string): Promise<string> => {
  const { hostname, port } = new URL(twin.addresses.apiUrl);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.write(Buffer.from(bytes, 'latin1'));
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
};

const creation = contract.find(({ operation }) => operation === 'createTeam');
const body = '{"name":"Wire"}';

/** A creation that would be done but for the lines it begins with. */
const request = (line: string, headers: readonly string[]): string =>
  [
    line,
    `Authorization: Bearer ${tenant.token}`,
    'Content-Type: application/json',
    'Connection: close',
    ...headers,
    '',
    body,
  ].join('\r\n');

describe('a creation whose bytes HTTP does not allow is refused with a 4xx and makes nothing:', () => {
  const line = `POST ${creation?.path} HTTP/1.1`;
  const length = `Content-Length: ${body.length}`;

  it.each([
    ['no Host', line, [length]],
    ['a line break within a header', line, ['Host: a', length, 'Idempotency-Key: a\nIf-Match: "1"\n b\u0000']],
    ['a control character in a header', line, ['Host: a', length, 'Idempotency-Key: a\u0001b']],
    ['a space before the colon', line, ['Host: a', length, 'Idempotency-Key : a']],
    ['two lengths', line, ['Host: a', length, 'Content-Length: 1']],
    ['a length and chunks', line, ['Host: a', length, 'Transfer-Encoding: chunked']],
    ['a length that is no number', line, ['Host: a', 'Content-Length: 0x0f']],
    ['raw bytes in the path', `POST ${creation?.path}\u00ff HTTP/1.1`, ['Host: a', length]],
    ['a space in the path', `POST ${creation?.path} x HTTP/1.1`, ['Host: a', length]],
    ['an absolute address of another host', `POST http://evil.example${creation?.path} HTTP/1.1`, ['Host: a', length]],
  ])('%s', async (_name, first, headers) => {
    const next = await twin.control.callsSoFar();
    expect(await exchange(request(first, headers))).toMatch(/^HTTP\/1\.1 4\d\d /);
    const made = (await twin.control.calls(next)).entries.filter(({ operation }) => operation === 'TransactWriteItems');
    expect(made).toEqual([]);
  });

  it('and without such bytes it is made', async () => {
    expect(await exchange(request(line, ['Host: a', length]))).toMatch(/^HTTP\/1\.1 201 /);
  });
});
