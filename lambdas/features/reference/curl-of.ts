import type { OpenApi, Parameter } from '../../openapi.ts';
import type { Described, Schema } from './described.ts';
import { exampleOf } from './example-of.ts';
import { shownJson } from './shown-json.ts';

/** Stands in the text of a page for the address of the API, which the page's script knows. */
export const addressMark = '$API';

/** Text as a shell takes it, whatever it says. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const encodedExample = (document: OpenApi, { schema }: Parameter): string =>
  encodeURIComponent(String(exampleOf(document, schema as Schema, 'least')));

const urlOf = (document: OpenApi, { path, parameters = [] }: Described): string => {
  const at = path.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const parameter = parameters.find((each) => each.in === 'path' && each.name === name);
    return parameter ? encodedExample(document, parameter) : whole;
  });
  const query = parameters
    .filter((each) => each.in === 'query' && each.required)
    .map((each) => `${each.name}=${encodedExample(document, each)}`);
  return `"${addressMark}${at}${query.length > 0 ? `?${query.join('&')}` : ''}"`;
};

/** What a header is set to. A key is new whenever the command is run. */
const headerOf = (document: OpenApi, { name, schema }: Parameter): string =>
  name === 'Idempotency-Key'
    ? `-H "${name}: $(openssl rand -hex 16)"`
    : `-H ${quoted(`${name}: ${exampleOf(document, schema as Schema, 'least')}`)}`;

/** Shows the headers of an answer where they matter: the ETag, or a status without a body. */
const showsHeaders = ({ responses }: Described): boolean =>
  Object.entries(responses).some(
    ([status, answer]) => status === '204' || ('headers' in answer && answer.headers?.ETag !== undefined),
  );

/** A command that makes a valid request of an operation. `$TOKEN` is the caller's token. */
export const curlOf = (document: OpenApi, operation: Described): string => {
  const { method, security, parameters = [], requestBody } = operation;
  const [type, body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const start = [
    'curl',
    ...(showsHeaders(operation) ? ['-i'] : []),
    ...(method === 'GET' || (method === 'POST' && body) ? [] : ['-X', method]),
    urlOf(document, operation),
  ].join(' ');
  const options = [
    ...(security.length > 0 ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(type === undefined ? [] : [`-H ${quoted(`Content-Type: ${type}`)}`]),
    ...parameters.filter((each) => each.in === 'header').map((each) => headerOf(document, each)),
    ...(body ? [`-d ${quoted(shownJson(exampleOf(document, body.schema as Schema, 'least'), '  '))}`] : []),
  ];
  return [start, ...options].join(' \\\n  ');
};
