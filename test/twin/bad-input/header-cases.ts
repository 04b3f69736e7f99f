import { always, type BadCase, hasBody, isPost } from './bad-case.ts';
import { withHeader } from './sent.ts';

const twice = (name: string, value: string, applies: BadCase['applies']): BadCase => ({
  name: `${name} twice`,
  applies,
  spoil: (sent, _, token) =>
    withHeader(sent, name, ...Array(2).fill(name === 'Authorization' ? `Bearer ${token}` : value)),
  code: 'invalid-request',
  field: `header.${name.toLowerCase()}`,
});

const types = [
  'text/plain',
  'application/jsonx',
  'application/json; charset=latin1',
  'multipart/form-data; boundary=a',
  '*/*',
  '',
];
const etags = ['*', 'W/"1"', '1', '"0"', '"01"', '"-1"', '"1", "2"', `"${'9'.repeat(40)}"`, '""', '', '"1";', "'1'"];
const keys = ['', 'x'.repeat(65), 'a b', 'é', '\t'];

/** What headers can say wrongly. */
export const headerCases: readonly BadCase[] = [
  twice('Authorization', '', always),
  twice('Content-Type', 'application/json', hasBody),
  twice('If-Match', '"1"', ({ ifMatch }) => ifMatch !== undefined),
  twice('Idempotency-Key', 'key', isPost),
  {
    name: 'a header in two spellings',
    applies: isPost,
    spoil: (sent) => ({ ...sent, headers: [...sent.headers, ['Idempotency-Key', 'a'], ['idempotency-key', 'b']] }),
    code: 'invalid-request',
    field: 'header.idempotency-key',
  },
  {
    name: 'no content type',
    applies: hasBody,
    spoil: (sent) => withHeader(sent, 'Content-Type'),
    code: 'unsupported-media-type',
    field: 'header.content-type',
  },
  ...types.map(
    (type): BadCase => ({
      name: `the content type ${JSON.stringify(type)}`,
      applies: hasBody,
      spoil: (sent) => withHeader(sent, 'Content-Type', type),
      code: 'unsupported-media-type',
      field: 'header.content-type',
    }),
  ),
  {
    name: 'a patch’s content type for what is none',
    applies: (route) => hasBody(route) && route.method !== 'PATCH',
    spoil: (sent) => withHeader(sent, 'Content-Type', 'application/merge-patch+json'),
    code: 'unsupported-media-type',
    field: 'header.content-type',
  },
  {
    name: 'a patch’s content type with another charset',
    applies: ({ method }) => method === 'PATCH',
    spoil: (sent) => withHeader(sent, 'Content-Type', 'application/merge-patch+json; charset=latin1'),
    code: 'unsupported-media-type',
    field: 'header.content-type',
  },
  {
    name: 'the content type of another sort of patch',
    applies: ({ method }) => method === 'PATCH',
    spoil: (sent) => withHeader(sent, 'Content-Type', 'application/json-patch+json'),
    code: 'unsupported-media-type',
    field: 'header.content-type',
  },
  {
    name: 'no If-Match',
    applies: ({ ifMatch }) => ifMatch === 'required',
    spoil: (sent) => withHeader(sent, 'If-Match'),
    code: 'if-match-required',
    field: 'header.if-match',
  },
  ...etags.map(
    (etag): BadCase => ({
      name: `If-Match: ${etag}`,
      applies: ({ ifMatch }) => ifMatch !== undefined,
      spoil: (sent) => withHeader(sent, 'If-Match', etag),
      code: 'invalid-request',
      field: 'header.if-match',
    }),
  ),
  ...keys.map(
    (key): BadCase => ({
      name: `Idempotency-Key: ${JSON.stringify(key)}`,
      applies: isPost,
      spoil: (sent) => withHeader(sent, 'Idempotency-Key', key),
      code: 'invalid-request',
      field: 'header.idempotency-key',
    }),
  ),
  ...['BEARER', 'Basic', 'Token', 'Bearer Bearer', 'Bearer '].map(
    (scheme): BadCase => ({
      name: `the scheme ${JSON.stringify(scheme)}`,
      applies: ({ permission }) => permission !== 'public',
      spoil: (sent, _, token) => withHeader(sent, 'Authorization', `${scheme} ${token}`),
      code: 'unauthenticated',
    }),
  ),
];
