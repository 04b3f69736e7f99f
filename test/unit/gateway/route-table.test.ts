import { createRouteTable } from '../../../local/gateway/route-table.ts';

const routeOf = (line: string) => {
  const [method = '', path = ''] = line.split(' ');
  return { method, path, functionArn: 'arn', timeoutMs: 1 };
};

const table = createRouteTable(
  'Api/Rest',
  [
    'GET /v1/things',
    'GET /v1/things/{id}',
    'GET /v1/things/special',
    'GET /v1/things/{id}/parts/{part}',
    'HEAD /v1/head',
    'GET /',
  ].map(routeOf),
);

const seen = (method: string, path: string): unknown => {
  const found = table.find(method, path);
  return found === undefined || found === 'malformed' ? found : [found.route.path, found.parameters];
};

describe('finding the method of a path', () => {
  it.each([
    ['GET', '/v1/things', ['/v1/things', {}]],
    ['GET', '/v1/things/special', ['/v1/things/special', {}]],
    ['GET', '/v1/things/other', ['/v1/things/{id}', { id: 'other' }]],
    ['GET', '/v1/things/special/parts/1', ['/v1/things/{id}/parts/{part}', { id: 'special', part: '1' }]],
    ['GET', '/v1/things/a%2Fb', ['/v1/things/{id}', { id: 'a/b' }]],
    ['GET', '/v1/things/__proto__', ['/v1/things/{id}', { id: '__proto__' }]],
    ['GET', '/v1/things/x/', ['/v1/things/{id}', { id: 'x' }]],
    ['GET', '/', ['/', {}]],
    ['GET', '/v1/things//parts/1', undefined],
    ['GET', '//v1/things', undefined],
    ['POST', '/v1/things', undefined],
    ['GET', '/v1/head', undefined],
    ['GET', '/V1/things', undefined],
    ['GET', '/v1/things/%E0%A4', 'malformed'],
  ])('%s %s', (method, path, expected) => {
    expect(seen(method, path)).toEqual(expected);
  });

  it('refuses two parameter names at one position, as an import does', () => {
    expect(() => createRouteTable('Api/Rest', [routeOf('GET /a/{x}'), routeOf('PUT /a/{y}')])).toThrow('{x} and {y}');
  });
});
