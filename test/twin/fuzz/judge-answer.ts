import { type ErrorCode, errors, type Operation, problemMediaType } from '../../../lambdas/contract.ts';
import { errorsOf, mediaTypeOf } from '../../../lambdas/kernel/define-route.ts';
import { parseJsonText } from '../../../lambdas/model/json-text.ts';
import { bodyOf } from '../../harness/body-of.ts';
import { outcomesFlaw, withAnyItems } from './judge-outcomes.ts';
import type { FuzzRequest } from './requests.ts';
import type { ServedDocument } from './served-document.ts';

export interface FuzzAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface Told {
  readonly code: ErrorCode;
  readonly errors?: readonly { readonly field: string; readonly expected: string }[];
}

/** Names of machines, libraries and files. */
const inside = /arn:aws|at Object\.|node_modules|DynamoDB|Exception|x-amz|ringfence-|\.[jt]s:\d|[Ss]tack|TransactWrite/;

const problemWith = (
  api: ServedDocument,
  route: Operation,
  { status, headers, text }: FuzzAnswer,
): string | undefined => {
  const type = headers['content-type'];
  const isSuccess = status === route.answers.status;
  if (inside.test(text)) return 'says what is inside';
  if (isSuccess && !route.answers.body) return text === '' ? undefined : 'has a body';
  const wanted = isSuccess ? mediaTypeOf(route) : problemMediaType;
  if (type !== wanted) return `is ${type}, not ${wanted}`;
  const validate = api.answer(api.operation(route), status, wanted);
  if (!validate) return `has the undocumented status ${status}`;
  const body: unknown = isSuccess ? bodyOf(route, text) : JSON.parse(text);
  if (!validate(body)) return `does not match the document: ${JSON.stringify(validate.errors?.slice(0, 3))}`;
  if (isSuccess) return undefined;
  const { code } = body as Told;
  if (!errorsOf(route).includes(code) || errors[code].status !== status) return `has the undocumented code ${code}`;
  return status >= 500 ? `is ${status} ${code}` : undefined;
};

const always = ['cache-control', 'strict-transport-security', 'x-content-type-options'];

/** What is wrong with an answer as such, whatever was asked. */
export const flawOf = (api: ServedDocument, route: Operation, answer: FuzzAnswer): string | undefined =>
  problemWith(api, route, answer) ??
  always.filter((name) => answer.headers[name] === undefined).map((name) => `has no ${name}`)[0];

const isValidBody = (api: ServedDocument, route: Operation, text: string | undefined): boolean => {
  const schema = api.operation(route).requestBody?.content['application/json']?.schema;
  if (!schema) return text === undefined || text === '';
  // Of a bulk change each element is judged by itself.
  const judged = route.each ? withAnyItems(api, schema) : schema;
  const parsed = parseJsonText(text ?? '');
  return 'value' in parsed && api.validator(judged)(parsed.value);
};

const isValidQuery = (api: ServedDocument, route: Operation, { query }: FuzzRequest): boolean => {
  const names = query.map(([name]) => name);
  return (
    new Set(names).size === names.length &&
    query.every(([name, value]) => {
      const known = api
        .operation(route)
        .parameters?.find((parameter) => parameter.in === 'query' && parameter.name === name);
      if (!known) return false;
      const isNumber = api.resolved(known.schema).type === 'integer';
      return api.validator(known.schema)(isNumber && /^(0|[1-9]\d*)$/.test(value) ? Number(value) : value);
    })
  );
};

/** Rules between two fields or two things, which a schema does not say. */
export const isBetweenFields = ({ errors: fields = [] }: Told): boolean =>
  fields.length > 0 &&
  fields.every(({ expected }) => /^a (time (not after|of the last)|team with at most) /.test(expected));

/**
 * Where the answer and the document disagree about what a valid request is: an invalid query or body that was taken,
 * or a valid one that was refused.
 */
export const disagreementOf = (
  api: ServedDocument,
  route: Operation,
  request: FuzzRequest,
  { status, text }: FuzzAnswer,
): string | undefined => {
  const valid = { query: isValidQuery(api, route, request), body: isValidBody(api, route, request.body) };
  const told: Told | undefined = status >= 400 ? JSON.parse(text) : undefined;
  if (!told) {
    if (!valid.query || !valid.body) return `was taken, though the document refuses it: ${JSON.stringify(valid)}`;
    return route.each && outcomesFlaw(api, route, request.body ?? '', text);
  }
  if (told.code !== 'invalid-request' || isBetweenFields(told)) return undefined;
  for (const place of ['query', 'body'] as const) {
    const refused = told.errors?.some(({ field }) => field === place || field.startsWith(`${place}.`));
    if (refused && valid[place]) return `was refused, though the document takes its ${place}`;
  }
  return told.errors?.length ? undefined : 'was refused without a word on which field';
};
