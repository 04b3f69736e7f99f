import type { Operation } from '../../../lambdas/contract.ts';
import { always, type BadCase, hasParameter, isItem, itemField, knows } from './bad-case.ts';
import { pathIn, withPath, withQuery, withSegment } from './sent.ts';

const query = (text: string, field: string, applies: BadCase['applies'] = always): BadCase => ({
  name: `?${text.slice(0, 40)}`,
  applies,
  spoil: (sent) => withQuery(sent, text),
  code: 'invalid-request',
  field: `query.${field}`,
});

const noRoute = (name: string, path: (known: string) => string, applies: BadCase['applies'] = always): BadCase => ({
  name,
  applies,
  spoil: (sent) => withPath(sent, path),
  code: 'route-not-found',
});

const isNested = ({ path }: Operation): boolean => path.lastIndexOf('/') > 0;
/** In the place of the slash behind the first segment. */
const afterFirst =
  (text: string) =>
  (path: string): string =>
    path.replace(/(?<=^\/\w+)\//, text);

/** In the place of what names one item. */
const item = (segment: string): BadCase => ({
  name: `the path segment ${segment.slice(0, 40)}`,
  applies: isItem,
  spoil: (sent, route) => withSegment(sent, route, segment),
  code: 'invalid-request',
  field: itemField,
});

const malformed = (name: string, spoil: BadCase['spoil'], applies: BadCase['applies'] = always): BadCase => ({
  name,
  applies,
  spoil,
  code: 'invalid-request',
  field: 'request',
});

const credential = (
  name: string,
  spoil: BadCase['spoil'],
  field: string,
  applies: BadCase['applies'] = always,
): BadCase => ({
  name: `a credential ${name}`,
  applies,
  spoil,
  code: 'credential-in-url',
  field,
});

const limits = ['0', '5001', '-1', '1e1', '0x10', '%205', '1.5', 'x', '', '%D9%A3', '99999999999999999999'];

/** What a URL can say wrongly. */
export const urlCases: readonly BadCase[] = [
  query('x=1', 'x'),
  query('__proto__=1', '__proto__'),
  query('constructor=1', 'constructor'),
  query('x=%0d%0aSet-Cookie:%20a=b', 'x'),
  query('x', 'x'),
  query('limit=1&limit=1', 'limit'),
  query('cursor=', 'cursor', hasParameter('cursor')),
  query(`cursor=${'x'.repeat(1001)}`, 'cursor', hasParameter('cursor')),
  ...limits.map((limit) => query(`limit=${limit}`, 'limit', hasParameter('limit'))),
  // Exports, which answer lines, give thousands at once.
  query('limit=101', 'limit', (route) => hasParameter('limit')(route) && !route.answers.lines),
  ...['x', 'a.b', '%00', `${'A'.repeat(16)}.WyJhIl0`].map(
    (cursor): BadCase => ({
      ...query(`cursor=${cursor}`, 'cursor', hasParameter('cursor')),
      code: 'invalid-cursor',
    }),
  ),
  noRoute('a trailing slash', (path) => `${path}/`),
  noRoute('two trailing slashes', (path) => `${path}//`),
  noRoute('a double slash', afterFirst('//'), isNested),
  noRoute('a double slash in front', (path) => `/${path}`),
  noRoute('an encoded slash between segments', afterFirst('%2F'), isNested),
  noRoute('dot segments', afterFirst('/x/../'), isNested),
  noRoute('a dot segment', afterFirst('/./'), isNested),
  noRoute('encoded dot segments', afterFirst('/x/%2e%2e/'), isNested),
  noRoute('another case', (path) => path.replace(/^\/\w+/, (first) => first.toUpperCase())),
  noRoute('an unknown path', (path) => `${path}/x/y`),
  noRoute('the stage in the path', (path) => `/local${path}`),
  ...[
    'a%2Fb',
    '%2e%2e',
    '..%2f..',
    '__proto__',
    '%20',
    'A',
    'a%00',
    'a%0d%0aX:%20y',
    '%F0%9F%98%80',
    'x'.repeat(64),
    `svc_${'0'.repeat(15)}`,
  ].map(item),
  malformed('%FF in the query', (sent) => withQuery(sent, 'x=%FF')),
  malformed('a lone % in the query', (sent) => withQuery(sent, '%=1')),
  malformed('half a character in the query', (sent) => withQuery(sent, 'x=%ED%A0%80')),
  malformed('%FF in the path', (sent, route) => withSegment(sent, route, '%FF'), isItem),
  malformed('%zz in the path', (sent, route) => withSegment(sent, route, '%zz'), isItem),
  credential('by its form, under any name', (sent, _, token) => withQuery(sent, `x=${token}`), 'query'),
  credential('within other text', (sent, _, token) => withQuery(sent, `x=Bearer%20${token}.`), 'query'),
  credential('as a name', (sent, _, token) => withQuery(sent, token), 'query'),
  credential('encoded', (sent, _, token) => withQuery(sent, `x=%72${token.slice(1)}`), 'query'),
  ...['token', 'access_token', 'api_key', 'apikey', 'Authorization', 'secret'].map((name) =>
    credential(`by the name ${name}`, (sent) => withQuery(sent, `${name}=x`), 'query'),
  ),
  credential('in the path', (sent, route, token) => withSegment(sent, route, token), 'path', isItem),
  credential(
    'in the path, encoded',
    (sent, route, token) => withSegment(sent, route, `%72${token.slice(1)}`),
    'path',
    isItem,
  ),
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'].map(
    (method): BadCase => ({
      name: `the method ${method}`,
      applies: ({ path }) => !knows(path, method),
      spoil: (sent) => ({ ...sent, method, target: pathIn(sent) }),
      code: 'route-not-found',
    }),
  ),
];
