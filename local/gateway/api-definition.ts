import { isObject, type Json, type JsonObject } from '../template/json.ts';
import { TwinError } from '../twin-error.ts';
import { type GatewayResponse, parseGatewayResponse } from './gateway-response.ts';

/** A TOKEN authorizer. */
export interface Authorizer {
  readonly name: string;
  readonly functionArn: string;
  /** The header that carries the credential. */
  readonly header: string;
  readonly validation?: RegExp;
  readonly ttlSeconds: number;
}

/** One method of one resource, integrated with a Lambda function. */
export interface Route {
  readonly method: string;
  /** `/v1/services/{serviceId}` */
  readonly path: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
  readonly authorizer?: Authorizer;
}

/** A REST API as its OpenAPI body describes it. */
export interface ApiDefinition {
  readonly routes: readonly Route[];
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponse>;
  readonly binaryMediaTypes: readonly string[];
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
const integrationMsMax = 29_000;

/**
 * Reads an OpenAPI 3 body with API Gateway's extensions: aws_proxy integrations, TOKEN authorizers, gateway responses.
 * Anything else that would change how the API behaves stops with its place in the document.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
export const parseApi = (origin: string, body: JsonObject): ApiDefinition => {
  const schemes = inside(inside(body, 'components'), 'securitySchemes');
  const authorizers = new Map(
    Object.entries(schemes).map(([name, scheme]) => [name, parseAuthorizer(origin, name, scheme)]),
  );
  const routes = Object.entries(inside(body, 'paths')).flatMap(([path, item]) =>
    Object.entries(isObject(item) ? item : {})
      .filter(([method]) => methods.includes(method) || unknownMember(origin, path, method))
      .map(([method, operation]) => parseRoute(origin, { method, path, operation, body }, authorizers)),
  );
  const responses = Object.entries(inside(body, 'x-amazon-apigateway-gateway-responses'));
  const media = body['x-amazon-apigateway-binary-media-types'];
  return {
    routes,
    gatewayResponses: new Map(responses.map(([type, response]) => [type, parseGatewayResponse(response)])),
    binaryMediaTypes: Array.isArray(media) ? media.map(String) : [],
  };
};

const inside = (value: Json | undefined, name: string): JsonObject => {
  const inner = isObject(value) ? value[name] : undefined;
  return isObject(inner) ? inner : {};
};

const unknownMember = (origin: string, path: string, member: string): boolean => {
  if (member !== 'x-amazon-apigateway-any-method' && member !== 'trace') return false;
  throw new TwinError(`${origin}: ${path} has ${member}, which the twin does not serve.`, 'Write out the methods.');
};

interface Declared {
  readonly method: string;
  readonly path: string;
  readonly operation: Json;
  readonly body: JsonObject;
}

const parseRoute = (
  origin: string,
  { method, path, operation, body }: Declared,
  authorizers: ReadonlyMap<string, Authorizer>,
): Route => {
  const place = `${origin}: ${method.toUpperCase()} ${path}`;
  const integration = inside(operation, 'x-amazon-apigateway-integration');
  if (String(integration.type).toLowerCase() !== 'aws_proxy') {
    throw new TwinError(`${place} has integration type ${integration.type}.`, 'The twin serves aws_proxy only.');
  }
  if (path.includes('+}')) throw new TwinError(`${place} has a greedy path parameter.`, 'Write out the paths.');
  const security = isObject(operation) && 'security' in operation ? operation.security : body.security;
  const authorizer = authorizerOf(place, security, authorizers);
  return {
    method: method.toUpperCase(),
    path,
    functionArn: functionArnOf(place, integration.uri),
    timeoutMs: Math.min(Number(integration.timeoutInMillis ?? integrationMsMax), integrationMsMax),
    ...(authorizer ? { authorizer } : {}),
  };
};

const authorizerOf = (
  place: string,
  security: Json | undefined,
  authorizers: ReadonlyMap<string, Authorizer>,
): Authorizer | undefined => {
  const names = Array.isArray(security)
    ? security.flatMap((scheme) => Object.keys(isObject(scheme) ? scheme : {}))
    : [];
  const [name, ...others] = names;
  if (name === undefined) return undefined;
  const authorizer = authorizers.get(name);
  if (authorizer && others.length === 0) return authorizer;
  throw new TwinError(`${place} asks for security ${names.join(', ')}.`, 'Name one scheme that has an authorizer.');
};

const parseAuthorizer = (origin: string, name: string, scheme: Json): Authorizer => {
  const place = `${origin}: security scheme ${name}`;
  const authorizer = inside(scheme, 'x-amazon-apigateway-authorizer');
  const source = authorizer.identitySource ?? `method.request.header.${isObject(scheme) ? scheme.name : ''}`;
  const [, header] = /^method\.request\.header\.([^,\s]+)$/.exec(String(source)) ?? [];
  if (authorizer.type !== 'token' || header === undefined) {
    throw new TwinError(
      `${place} is not a token authorizer with one header.`,
      'The twin knows TOKEN authorizers only.',
    );
  }
  const validation = authorizer.identityValidationExpression;
  return {
    name,
    header,
    functionArn: functionArnOf(place, authorizer.authorizerUri),
    ...(typeof validation === 'string' ? { validation: wholly(validation) } : {}),
    ttlSeconds: Number(authorizer.authorizerResultTtlInSeconds ?? 300),
  };
};

/** API Gateway matches the whole credential against the expression. */
const wholly = (expression: string): RegExp => new RegExp(`^(?:${expression})$`);

const functionArnOf = (place: string, uri: Json | undefined): string => {
  const [, arn] = /\/functions\/(arn:aws:lambda:[^/]+)\/invocations$/.exec(String(uri)) ?? [];
  if (arn !== undefined) return arn;
  throw new TwinError(
    `${place} points at ${JSON.stringify(uri)}.`,
    'Point it at a Lambda function: …/functions/<ARN>/invocations.',
  );
};
