import { isObject, type Json } from '../template/json.ts';
import { type ContextVariables, substituteVariables } from './context-variables.ts';
import type { HttpAnswer } from './http-server.ts';
import { type Refusal, refusals } from './refusal.ts';

/** How the API answers a refusal of one type, as far as the template changes it. */
export interface GatewayResponse {
  readonly status?: number;
  /** `gatewayresponse.header.X` → `'value'` or `context.…` */
  readonly parameters: Readonly<Record<string, string>>;
  /** media type → template */
  readonly templates: Readonly<Record<string, string>>;
}

/** Reads the body's form (`statusCode`) and the resource's form (`StatusCode`). */
export const parseGatewayResponse = (value: Json): GatewayResponse => {
  const declared = isObject(value) ? value : {};
  const status = declared.statusCode ?? declared.StatusCode;
  return {
    ...(status === undefined || status === null ? {} : { status: Number(status) }),
    parameters: strings(declared.responseParameters ?? declared.ResponseParameters),
    templates: strings(declared.responseTemplates ?? declared.ResponseTemplates),
  };
};

/**
 * The answer to a refused request: the response of its type, else DEFAULT_4XX or DEFAULT_5XX, else API Gateway's own.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export const renderRefusal = (
  refusal: Refusal,
  responses: ReadonlyMap<string, GatewayResponse>,
  context: ContextVariables,
): HttpAnswer => {
  const response = responses.get(refusal.type) ?? responses.get(refusal.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const [mediaType, template] = Object.entries(response?.templates ?? {})[0] ?? [
    'application/json',
    '{"message":$context.error.messageString}',
  ];
  const headers = Object.entries(response?.parameters ?? {}).flatMap(([name, value]) => headerOf(name, value, context));
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    status: response?.status ?? refusal.status,
    headers: [
      ...(hasType ? [] : [['Content-Type', mediaType] as const]),
      ['x-amzn-ErrorType', refusals[refusal.type][1]],
      ...headers,
    ],
    body: Buffer.from(substituteVariables(template, context, '')),
  };
};

const headerOf = (name: string, value: string, context: ContextVariables): readonly (readonly [string, string])[] => {
  const [, header] = /^gatewayresponse\.header\.(.+)$/.exec(name) ?? [];
  if (header === undefined) return [];
  const [, literal] = /^'(.*)'$/s.exec(value) ?? [];
  return [[header, literal ?? substituteVariables(`$${value}`, context, '')]];
};

const strings = (value: Json | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(isObject(value) ? value : {}).map(([key, inner]) => [key, String(inner)]));
