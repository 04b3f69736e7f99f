import fc from 'fast-check';
import type { Operation } from '../../../lambdas/contract.ts';
import type { Parameter } from '../../../lambdas/openapi.ts';
import { hostileBody, hostileText, jsonText, nearlyValid } from './hostile-values.ts';
import type { Schema, ServedDocument } from './served-document.ts';
import { type Pool, validValue } from './valid-values.ts';

export type Pairs = readonly (readonly [name: string, value: string])[];

/** Stands for what is known only when the request is sent: an item of the tenant's own, and its ETag. */
export const own = '@own';

export interface FuzzRequest {
  /** Path parameters, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Pairs;
  readonly headers: Pairs;
  /** The body's text. */
  readonly body?: string;
}

/** Only what UTF-8 can carry fits in a URL, and an empty segment is another path. */
const inUrl = (text: string): boolean => text !== '' && text.length < 3000 && !/\p{Cs}/u.test(text);

const textOf = (api: ServedDocument, { schema }: Parameter, pool: Pool): fc.Arbitrary<string> =>
  validValue(api, schema, pool).map(String).filter(inUrl);

const parametersIn = (api: ServedDocument, route: Operation, place: Parameter['in']): readonly Parameter[] =>
  (api.operation(route).parameters ?? []).filter((parameter) => parameter.in === place);

const bodySchema = (api: ServedDocument, route: Operation): Schema | undefined =>
  api.operation(route).requestBody?.content['application/json']?.schema;

const shareOf = (wanted: number) => fc.nat({ max: 99 }).map((at) => at < wanted);

/** Says itself which values there are: codes of errors, for instance. Nothing is made for it. */
const isListed = (api: ServedDocument, { schema }: Parameter): boolean => {
  const { anyOf = [], ...rest } = api.resolved(schema);
  return [rest, ...(anyOf as readonly Schema[])].some((each) => each.enum !== undefined);
};

const pathOf = (api: ServedDocument, route: Operation, pool: Pool, isHostile: boolean) =>
  fc.record(
    Object.fromEntries(
      parametersIn(api, route, 'path').map((parameter) => [
        parameter.name,
        isHostile
          ? fc.oneof(hostileText.filter(inUrl), textOf(api, parameter, pool), fc.constant(own))
          : fc.oneof(
              { arbitrary: fc.constant(own), weight: isListed(api, parameter) ? 0 : 9 },
              { arbitrary: textOf(api, parameter, pool), weight: 1 },
            ),
      ]),
    ),
    { noNullPrototype: true },
  );

const queryOf = (api: ServedDocument, route: Operation, pool: Pool, isHostile: boolean): fc.Arbitrary<Pairs> => {
  const valid = fc
    .tuple(
      ...parametersIn(api, route, 'query').map((parameter) =>
        fc
          .tuple(shareOf(parameter.name === 'cursor' ? 10 : 35), textOf(api, parameter, pool))
          .map(([sent, value]): Pairs => (sent ? [[parameter.name, value]] : [])),
      ),
    )
    .map((all) => all.flat());
  if (!isHostile) return valid;
  const names = parametersIn(api, route, 'query').map(({ name }) => name);
  const pair = fc.tuple(
    fc.oneof(fc.constantFrom('x', ...names), hostileText.filter(inUrl)),
    hostileText.filter((text) => text === '' || inUrl(text)),
  );
  return fc.tuple(valid, fc.array(pair, { maxLength: 2 })).map(([pairs, more]) => [...pairs, ...more]);
};

const jsonTypes = ['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON;charset="UTF-8"'];
const patchTypes = ['application/merge-patch+json', 'application/merge-patch+json; charset=utf-8'];
const otherTypes = [
  'text/plain',
  'application/json; charset=latin1',
  'application/jsonx',
  'multipart/form-data',
  '',
  'application/xml',
  'application/merge-patch+json; charset=latin1',
  'application/json-patch+json',
];
const tags = ['*', 'W/"1"', '1', '"0"', '"1","2"', '"99999999999999999999"', '""', '"-1"', '"1e3"', '"1" '];
/** More than some thousand bytes of headers HTTP servers refuse by themselves. */
const visible = /^[\x20-\x7e]{0,3000}$/;

const headersOf = (route: Operation, isHostile: boolean): fc.Arbitrary<Pairs> => {
  const types = route.method === 'PATCH' ? [...patchTypes, ...jsonTypes] : jsonTypes;
  const type = isHostile ? fc.constantFrom(...types, ...otherTypes) : fc.constantFrom(...types);
  const key = isHostile ? hostileText.filter((text) => visible.test(text)) : fc.uuid();
  const tag = isHostile ? fc.constantFrom(own, ...tags) : fc.constant(own);
  const required = route.ifMatch === 'required' ? 97 : 50;
  return fc
    .tuple(type, key, tag, shareOf(30), shareOf(route.ifMatch ? required : 0))
    .map(([contentType, idempotencyKey, etag, hasKey, hasTag]) => [
      ...(route.input.body ? [['Content-Type', contentType] as const] : []),
      ...(hasKey ? [['Idempotency-Key', idempotencyKey] as const] : []),
      ...(hasTag ? [['If-Match', etag] as const] : []),
    ]);
};

/** One more than each length that the document allows. */
const tooLong = ({ document }: ServedDocument): readonly number[] => [
  ...new Set([...JSON.stringify(document).matchAll(/"maxLength":(\d+)/g)].map(([, length]) => Number(length) + 1)),
];

const bodyOf = (
  api: ServedDocument,
  route: Operation,
  pool: Pool,
  isHostile: boolean,
): fc.Arbitrary<string | undefined> => {
  const schema = bodySchema(api, route);
  if (!schema) return isHostile ? fc.option(hostileBody, { nil: undefined, freq: 2 }) : fc.constant(undefined);
  const valid = validValue(api, schema, pool);
  return isHostile
    ? fc.oneof(
        { arbitrary: nearlyValid(valid, tooLong(api)).map(jsonText), weight: 4 },
        { arbitrary: hostileBody, weight: 1 },
      )
    : valid.map(jsonText);
};

/** Requests of a route from what the served document says of it: half of them valid, the others wrong in one place. */
export const requestOf = (api: ServedDocument, route: Operation, pool: Pool): fc.Arbitrary<FuzzRequest> => {
  const wrongIn = (place: 'path' | 'query' | 'headers' | 'body' | 'nothing'): fc.Arbitrary<FuzzRequest> =>
    fc
      .record(
        {
          path: pathOf(api, route, pool, place === 'path'),
          query: queryOf(api, route, pool, place === 'query'),
          headers: headersOf(route, place === 'headers'),
          body: bodyOf(api, route, pool, place === 'body'),
        },
        { noNullPrototype: true },
      )
      .map(({ body, ...rest }) => ({ ...rest, ...(body !== undefined && { body }) }));
  const places = (['path', 'query', 'headers', 'body'] as const).filter(
    (place) => place !== 'path' || route.input.path,
  );
  return fc.oneof(
    { arbitrary: wrongIn('nothing'), weight: places.length },
    ...places.map((place) => ({ arbitrary: wrongIn(place), weight: place === 'body' && route.input.body ? 2 : 1 })),
  );
};
