import { connect } from 'node:net';
import { ask } from '../harness/http.ts';
import type { FreshTenant } from '../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../harness/twin.ts';

let twin: TestTwin;
let tenant: FreshTenant;
beforeAll(async () => {
  twin = await workerTwin();
  tenant = await twin.tenant();
});

/** Everything that comes back for these bytes until the server closes. */
const exchange = (bytes: string): Promise<string> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(twin.addresses.apiUrl);
    const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'));
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      received += text;
    });
    socket.on('error', () => {});
    socket.setTimeout(10_000, () => {
      received += '(left open)';
      socket.destroy();
    });
    socket.on('close', () => resolve(received));
  });

const body = '{"name":"Smuggled"}';
const post = ['POST /v1/services HTTP/1.1', 'Host: x', 'Content-Type: application/json'];
const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
const length = `Content-Length: ${body.length}`;

describe.each<[what: string, lines: readonly string[], body: string]>([
  ['two ways to say how long the body is', [...post, length, 'Transfer-Encoding: chunked'], chunked],
  ['two lengths', [...post, length, 'Content-Length: 3'], body],
  ['a negative length', [...post, 'Content-Length: -1'], body],
  ['a space before the colon of the length', [...post, `Content-Length : ${body.length}`], body],
  ['a transfer encoding that nobody knows', [...post, 'Transfer-Encoding: xchunked'], chunked],
  ['a folded header', [...post, length, 'X-Folded: a', ' b'], body],
  ['a zero byte in a header', [...post, length, 'X-Zero: a\u0000b'], body],
  ['headers of a hundred kilobytes', [...post, length, `X-Long: ${'a'.repeat(100_000)}`], body],
  ['no protocol it could be', ['\u0016\u0003\u0001\u0002\u0000\u0001', length], body],
])('a request with %s', (_, lines, sent) => {
  it('is refused before anything is done, and its connection closed', async () => {
    const authorization = `Authorization: Bearer ${tenant.token}`;
    const answer = await exchange(`${[...lines, authorization].join('\r\n')}\r\n\r\n${sent}`);
    expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d (?!.*\(left open\)$)|$)/s);
    const services = await ask(twin.addresses.apiUrl, 'GET', '/v1/services', { token: tenant.token });
    expect(services).toMatchObject({ status: 200, json: { items: [] } });
  });
});
