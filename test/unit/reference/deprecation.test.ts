import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { referencePage } from '../../../lambdas/features/reference/reference-page.ts';
import { type Deprecation, defineRoute } from '../../../lambdas/kernel/define-route.ts';
import { openApiOf } from '../../../lambdas/openapi.ts';
import { servePublic } from '../../../lambdas/platform/serve-public.ts';
import { madeUp, routes } from './made-up-contract.ts';

const { listOld, listNew } = routes;
const document = openApiOf(madeUp);

const request = (path: string, query: Record<string, string> = {}) =>
  ({
    httpMethod: 'GET',
    resource: path,
    path,
    headers: {},
    multiValueHeaders: {},
    queryStringParameters: query,
    multiValueQueryStringParameters: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]])),
    pathParameters: null,
    body: null,
    isBase64Encoded: false,
    requestContext: { requestId: 'a', identity: { sourceIp: '192.0.2.1' } },
  }) as unknown as APIGatewayProxyEvent;

describe('an operation that is deprecated', () => {
  const open = { ...listNew, permission: 'public' } as const;
  const handler = servePublic(
    { listOld, open },
    {
      listOld: async () => ({ body: { name: 'a' } }),
      open: async () => ({ body: { name: 'b' } }),
    },
  );
  const ask = (path: string, query?: Record<string, string>) =>
    handler(request(path, query), { awsRequestId: 'a' } as Context);
  const headers = { Deprecation: '@1798761600', Sunset: 'Thu, 01 Jul 2027 00:00:00 GMT' };

  it('says since when and until when in every answer, its refusals too', async () => {
    expect(await ask('/v1/old')).toMatchObject({ statusCode: 200, headers });
    expect(await ask('/v1/old', { nothing: '1' })).toMatchObject({ statusCode: 400, headers });
  });

  it('says so of itself alone', async () => {
    expect((await ask('/v1/new')).headers).not.toHaveProperty('Deprecation');
    expect((await ask('/v1/none')).headers).not.toHaveProperty('Deprecation');
  });

  it('is marked in the document, with what to call and when it may be gone', () => {
    const old = document.paths['/v1/old']?.get;
    expect(old?.deprecated).toBe(true);
    expect(old?.description).toBe(
      'Needs no token. Deprecated since 2027-01-01: call `GET /v1/new`. From 2027-07-01 on it may be gone.',
    );
    expect(old?.responses['200']).toMatchObject({ headers: { Deprecation: {}, Sunset: {} } });
    expect(document.paths['/v1/new']?.get).not.toHaveProperty('deprecated');
  });

  it('is marked on the page', () => {
    const page = referencePage(document, { style: '' });
    expect(page.match(/<span class="mark">deprecated<\/span>/g)).toHaveLength(1);
    expect(page).toContain('<a href="#listOld" class="gone">');
    expect(page).toContain('call <code>GET /v1/new</code>');
  });

  it.each<[what: string, deprecated: Deprecation]>([
    ['no day', { since: 'soon', instead: 'listNew' }],
    ['a day that there is not', { since: '2027-13-01', instead: 'listNew' }],
    ['an end before its beginning', { since: '2027-02-01', sunset: '2027-01-01', instead: 'listNew' }],
  ])('cannot be defined with %s', (_, deprecated) => {
    expect(() => defineRoute({ ...listOld, deprecated })).toThrow('deprecated.since and sunset are days');
  });

  it('cannot name an operation that there is not', () => {
    const [old] = madeUp;
    if (!old) throw new Error('The contract is empty.');
    expect(() => openApiOf([{ ...old, deprecated: { since: '2027-01-01', instead: 'listNothing' } }])).toThrow(
      '"listNothing", which is no operation',
    );
  });
});
