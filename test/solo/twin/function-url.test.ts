import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../../../local/types.ts';
import { runFixture, send } from './run-fixture.ts';

let fixture: Awaited<ReturnType<typeof runFixture>>;
beforeAll(async () => {
  fixture = await runFixture();
});
afterAll(() => fixture.stop());

interface Signing {
  readonly service?: string;
  readonly signedBody?: string;
  readonly at?: number;
}

const call = async (credentials: Credentials, { service = 'lambda', signedBody, at }: Signing = {}) => {
  const url = fixture.twin.outputs.Api?.OperatorUrl ?? '';
  const { hostname, host, protocol } = new URL(url);
  const body = '{"command":"list"}';
  const signer = new SignatureV4({ credentials, region: 'eu-central-1', service, sha256: Sha256 });
  const { headers } = await signer.sign(
    {
      method: 'POST',
      protocol,
      hostname,
      path: '/do/it',
      query: { a: '1' },
      headers: { host, 'content-type': 'application/json' },
      body: signedBody ?? body,
    },
    { signingDate: new Date(at ?? fixture.twin.clock.now()) },
  );
  const { host: _, ...others } = headers;
  return send(url, '/do/it?a=1', { method: 'POST', headers: Object.entries(others).flat(), body });
};

describe('a function URL with IAM', () => {
  it('shows the function who signed', async () => {
    const credentials = fixture.twin.credentialsFor('operator', { sessionName: 'jane' });
    const answer = await call(credentials);
    expect([answer.status, answer.headers['x-url']]).toEqual([201, 'yes']);
    expect(JSON.parse(answer.text)).toMatchObject({
      version: '2.0',
      rawPath: '/do/it',
      rawQueryString: 'a=1',
      queryStringParameters: { a: '1' },
      body: '{"command":"list"}',
      isBase64Encoded: false,
      requestContext: {
        authorizer: {
          iam: {
            accountId: '000000000000',
            accessKey: credentials.accessKeyId,
            userArn: 'arn:aws:sts::000000000000:assumed-role/operator/jane',
          },
        },
        http: { method: 'POST', path: '/do/it' },
      },
    });
  });

  it('lets the local administrator in', async () => {
    expect((await call(fixture.twin.administrator)).status).toBe(201);
  });

  it('refuses without a signature', async () => {
    const answer = await send(fixture.twin.outputs.Api?.OperatorUrl ?? '', '/');
    expect([answer.status, JSON.parse(answer.text)]).toEqual([403, { Message: 'Forbidden' }]);
  });

  it.each<[string, () => ReturnType<typeof call>]>([
    ['a role without the permission', () => call(fixture.twin.credentialsFor('stranger'))],
    ['an altered body', () => call(fixture.twin.administrator, { signedBody: '{}' })],
    ["another service's signature", () => call(fixture.twin.administrator, { service: 'execute-api' })],
    ['an old signature', () => call(fixture.twin.administrator, { at: fixture.twin.clock.now() - 3_600_000 })],
    ['a wrong secret', () => call({ ...fixture.twin.administrator, secretAccessKey: 'x' })],
    ['a wrong session token', () => call({ ...fixture.twin.administrator, sessionToken: 'x' })],
  ])('refuses %s', async (_, attempt) => {
    expect((await attempt()).status).toBe(403);
  });
});
