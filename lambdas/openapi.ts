import * as z from 'zod';
import { errorsOf, mediaTypeOf, type Operation } from './kernel/define-route.ts';
import { type ErrorCode, errors, problemMediaType } from './kernel/errors.ts';
import { ProblemShape } from './model/problem.ts';
import { linesOf } from './model/words.ts';
import { type JsonSchema, type NamedSchemas, schemasOf } from './openapi-schemas.ts';

/** The version of the product, as in package.json. */
export const apiVersion = '0.1.0';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}
export interface Answer {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: JsonSchema }>>;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}
export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly deprecated?: true;
  readonly tags: readonly string[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required: true;
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>;
  };
  readonly responses: Readonly<Record<string, Answer | { readonly $ref: string }>>;
}
export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly info: Readonly<Record<string, unknown>>;
  readonly servers: readonly { readonly url: string; readonly 'x-internal': boolean }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    /** Problems, by their codes. */
    readonly responses: Readonly<Record<string, Answer>>;
    readonly securitySchemes: Readonly<Record<string, JsonSchema>>;
  };
}

const fieldsOf = (schema: z.ZodType | undefined): Readonly<Record<string, z.ZodType>> =>
  schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : {};

const parametersIn = (operation: Operation, place: 'path' | 'query', schemas: NamedSchemas): Parameter[] =>
  Object.entries(fieldsOf(operation.input[place])).map(([name, schema]) => {
    const { description, ...rest } = schemas.of[`${operation.operation}.${place}.${name}`] ?? {};
    return {
      name,
      in: place,
      required: place === 'path' || !schema.safeParse(undefined).success,
      ...(typeof description === 'string' && { description }),
      schema: rest,
    };
  });

const etag: JsonSchema = { type: 'string', pattern: '^"[1-9][0-9]{0,14}"$', maxLength: 17 };

const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A request repeated with the same key within 24 hours has one effect and one answer.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,64}$', maxLength: 64 },
};
const ifMatch = (operation: Operation): Parameter => ({
  name: 'If-Match',
  in: 'header',
  required: operation.ifMatch === 'required',
  description: 'The ETag of the item as you read it.',
  schema: etag,
});

const parametersOf = (operation: Operation, schemas: NamedSchemas): Parameter[] => [
  ...parametersIn(operation, 'path', schemas),
  ...parametersIn(operation, 'query', schemas),
  ...(operation.method === 'POST' ? [idempotencyKey] : []),
  ...(operation.ifMatch ? [ifMatch(operation)] : []),
];

const header = (description: string, schema: JsonSchema): { description: string; schema: JsonSchema } => ({
  description,
  schema: { type: 'string', ...schema },
});

const deprecationHeaders = ({ deprecated }: Operation) => ({
  ...(deprecated && {
    Deprecation: header('Since when it is deprecated (RFC 9745)', { pattern: '^@[0-9]{1,12}$', maxLength: 13 }),
  }),
  ...(deprecated?.sunset && { Sunset: header('From when on it may be gone (RFC 8594)', { maxLength: 29 }) }),
});

const successOf = (operation: Operation, contract: readonly Operation[], schemas: NamedSchemas): Answer => {
  const { status, body } = operation.answers;
  const isRead = ({ method, path }: Operation) => method === 'GET' && path.startsWith(`${operation.path}/{`);
  const headers = {
    ...(operation.etag && { ETag: header('Version of the item, for If-Match', etag) }),
    ...(status === 201 &&
      contract.some(isRead) && { Location: header('Path of the new item', { pattern: '^/v1/', maxLength: 200 }) }),
    ...(operation.method === 'POST' && {
      'Idempotency-Replayed': header('On the answer to a repeated request', { const: 'true' }),
    }),
    ...deprecationHeaders(operation),
  };
  return {
    description: { 200: 'Done', 201: 'Created', 204: 'Done; the answer has no body' }[status],
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(body && {
      content: { [mediaTypeOf(operation)]: { schema: schemas.of[`${operation.operation}.answer`] ?? {} } },
    }),
  };
};

const problemAnswer = (codes: readonly ErrorCode[], schemas: NamedSchemas): Answer => {
  const headers = {
    ...(codes.some((code) => errors[code].retryable) && {
      'Retry-After': header('Seconds to wait', { pattern: '^[0-9]{1,6}$', maxLength: 6 }),
    }),
    // Of the gateway's own 401. It renames the header in answers of functions, so that of a 403 reaches nobody.
    ...(codes.includes('unauthenticated') && { 'WWW-Authenticate': header('RFC 6750 challenge', { maxLength: 200 }) }),
  };
  const which = { properties: { code: { enum: [...codes] } } };
  return {
    description: codes.map((code) => errors[code].title).join('; or: '),
    ...(Object.keys(headers).length > 0 && { headers }),
    content: { [problemMediaType]: { schema: { allOf: [schemas.of.problem ?? {}, which] } } },
  };
};

/** A route's problems: for each status, the codes that it can mean there. */
const problemsOf = (operation: Operation): readonly (readonly [status: number, codes: readonly ErrorCode[]])[] => {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorsOf(operation)) {
    const { status } = errors[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus];
};

/** Many routes have the same problems: each set of codes is described once. */
const problemName = (codes: readonly ErrorCode[]): string => codes.join('.');

const problemAnswers = (contract: readonly Operation[], schemas: NamedSchemas): Record<string, Answer> => {
  const sets = contract.flatMap(problemsOf).map(([, codes]) => codes);
  const byName = new Map(sets.map((codes) => [problemName(codes), problemAnswer(codes, schemas)]));
  return Object.fromEntries([...byName].sort(([a], [b]) => (a < b ? -1 : 1)));
};

const instead = ({ path, deprecated }: Operation, contract: readonly Operation[]): string => {
  const other = contract.find(({ operation }) => operation === deprecated?.instead);
  if (!other) throw new Error(`${path} is deprecated for "${deprecated?.instead}", which is no operation.`);
  return `\`${other.method} ${other.path}\``;
};

const described = (operation: Operation, contract: readonly Operation[]): string => {
  const { permission, sensitive, deprecated } = operation;
  return [
    permission === 'public' ? 'Needs no token.' : `Needs the permission \`${permission}\`.`,
    ...(sensitive ? ['The token is checked anew at every call.'] : []),
    ...(deprecated ? [`Deprecated since ${deprecated.since}: call ${instead(operation, contract)}.`] : []),
    ...(deprecated?.sunset ? [`From ${deprecated.sunset} on it may be gone.`] : []),
  ].join(' ');
};

/** A merge patch may also be called what every other body is. */
const bodyTypesOf = ({ method }: Operation): readonly string[] =>
  method === 'PATCH' ? ['application/merge-patch+json', 'application/json'] : ['application/json'];

const operationOf = (operation: Operation, contract: readonly Operation[], schemas: NamedSchemas): OpenApiOperation => {
  const parameters = parametersOf(operation, schemas);
  const body = schemas.of[`${operation.operation}.body`];
  return {
    operationId: operation.operation,
    summary: operation.summary,
    description: described(operation, contract),
    ...(operation.deprecated && { deprecated: true }),
    tags: [operation.feature],
    security: operation.permission === 'public' ? [] : [{ token: [operation.permission] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: Object.fromEntries(bodyTypesOf(operation).map((type) => [type, { schema: body }])),
      },
    }),
    responses: {
      [operation.answers.status]: successOf(operation, contract, schemas),
      ...Object.fromEntries(
        problemsOf(operation).map(([status, codes]) => [
          status,
          { $ref: `#/components/responses/${problemName(codes)}` },
        ]),
      ),
    },
  };
};

/**
 * What is sent and what is answered. Parameters stand among the answered: they arrive as text and are meant as what
 * they are read as, numbers for instance.
 */
const allSchemas = (contract: readonly Operation[]): NamedSchemas => {
  const sent: Record<string, z.ZodType> = {};
  const answered: Record<string, z.ZodType> = { problem: ProblemShape };
  for (const { operation, input, answers } of contract) {
    if (input.body) sent[`${operation}.body`] = input.body;
    if (answers.body) answered[`${operation}.answer`] = answers.lines ? linesOf(answers.body) : answers.body;
    for (const place of ['path', 'query'] as const) {
      for (const [name, schema] of Object.entries(fieldsOf(input[place]))) {
        answered[`${operation}.${place}.${name}`] = schema;
      }
    }
  }
  return schemasOf(sent, answered);
};

/** The OpenAPI 3.1 document of a contract. The same contract gives the same bytes. */
export const openApiOf = (contract: readonly Operation[]): OpenApi => {
  const schemas = allSchemas(contract);
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const operation of contract) {
    const path = paths[operation.path] ?? {};
    paths[operation.path] = { ...path, [operation.method.toLowerCase()]: operationOf(operation, contract, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Ringfence',
      version: apiVersion,
      description:
        'Which services exist, who owns them, where they live. Every answer belongs to the tenant of the token.',
      license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', 'x-internal': false }],
    tags: [...new Set(contract.map(({ feature }) => feature))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.components,
      responses: problemAnswers(contract, schemas),
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'rfp_ and 77 letters or digits',
          description: 'An API token: POST /v1/tokens issues one.',
        },
      },
    },
  };
};
