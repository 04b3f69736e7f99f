import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { createServer as createTlsServer, type SecureVersion } from 'node:tls';
import { plainFinding, versionsFinding } from '../../../bin/verify/transport-checks.ts';
import { selfSigned } from './self-signed.ts';

const { cert, key } = selfSigned();
const wanted = ['TLSv1.2', 'TLSv1.3'] as const;
const servers: Server[] = [];
const portOf = async (server: Server): Promise<number> => {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return (server.address() as AddressInfo).port;
};
afterAll(() => Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve)))));

const speaking = (minVersion: SecureVersion, maxVersion: SecureVersion): Promise<number> =>
  portOf(
    createTlsServer({ cert, key, minVersion, maxVersion, ciphers: 'DEFAULT:@SECLEVEL=0' }, (socket) =>
      socket.on('error', () => {}).end(),
    ).on('tlsClientError', () => {}),
  );

describe('the TLS versions of a server', () => {
  it('hold when it speaks exactly those that are wanted', async () => {
    const port = await speaking('TLSv1.2', 'TLSv1.3');
    await expect(versionsFinding({ host: 'localhost', port, ca: cert }, wanted)).resolves.toMatchObject({
      verdict: 'held',
    });
  });

  it.each<[SecureVersion, SecureVersion, string]>([
    ['TLSv1', 'TLSv1.3', 'TLSv1 is accepted; TLSv1.1 is accepted'],
    ['TLSv1.1', 'TLSv1.3', 'TLSv1.1 is accepted'],
    ['TLSv1.2', 'TLSv1.2', 'TLSv1.3 is refused'],
    ['TLSv1.3', 'TLSv1.3', 'TLSv1.2 is refused'],
  ])('are broken when it speaks %s to %s', async (least, most, why) => {
    const port = await speaking(least, most);
    await expect(versionsFinding({ host: 'localhost', port, ca: cert }, wanted)).resolves.toEqual({
      verdict: 'broken',
      why,
    });
  });

  it('are broken under a certificate that nobody vouches for', async () => {
    const port = await speaking('TLSv1.2', 'TLSv1.3');
    const { verdict, why } = await versionsFinding({ host: 'localhost', port }, wanted);
    expect(verdict).toBe('broken');
    expect(why).toMatch(/TLSv1\.3 could not be tried \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
  });

  it('are broken when nothing listens: silence is not refusal', async () => {
    const server = createTcpServer();
    const port = await portOf(server);
    await new Promise((resolve) => server.close(resolve));
    servers.splice(servers.indexOf(server), 1);
    await expect(versionsFinding({ host: 'localhost', port }, wanted)).resolves.toMatchObject({ verdict: 'broken' });
    await expect(plainFinding('localhost', port)).resolves.toMatchObject({ verdict: 'held' });
  });
});

const sendingTo =
  (Location: string): RequestListener =>
  (_, response) =>
    response.writeHead(301, { Location }).end();

describe('plain HTTP', () => {
  it.each<[string, RequestListener, string]>([
    ['holds when it only sends on to https', sendingTo('https://localhost/'), 'held'],
    ['is broken when it sends on to plain HTTP', sendingTo('http://localhost/x'), 'broken'],
    ['is broken when it serves', (_, response) => response.end('{}'), 'broken'],
    ['is broken when it refuses by itself', (_, response) => response.writeHead(403).end(), 'broken'],
  ])('%s', async (_, answer, verdict) => {
    const port = await portOf(createHttpServer(answer));
    await expect(plainFinding('localhost', port)).resolves.toMatchObject({ verdict });
  });

  it('is broken when the name leads nowhere: that says nothing of the API', async () => {
    await expect(plainFinding('nothing.invalid')).resolves.toMatchObject({ verdict: 'broken' });
  });
});
