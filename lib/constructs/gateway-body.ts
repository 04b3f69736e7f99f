import { contract, type Operation, tokenPattern } from '../../lambdas/contract.ts';
import { type FunctionSpec, functions } from '../../lambdas/functions.ts';
import { apiName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { gatewayResponses } from './gateway-responses.ts';

/** API Gateway waits no longer for an integration: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const integrationSecondsMax = 29;

/** The function that serves an operation. */
export const functionOf = ({ operation }: Operation): FunctionSpec => {
  const found = functions.find(
    ({ entrance }) => entrance.by === 'routes' && entrance.routes.some((route) => route.operation === operation),
  );
  if (!found) throw new Error(`No function serves ${operation}. Add its feature in lambdas/functions.ts.`);
  return found;
};

const authorizer = (): FunctionSpec => {
  const found = functions.find(({ entrance }) => entrance.by === 'authorizer');
  if (!found) throw new Error('lambdas/functions.ts has no authorizer.');
  return found;
};

type ArnOf = (spec: FunctionSpec) => string;

const invocationOf = ({ region }: Stage, arn: string): string =>
  `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;

const operationOf = (stage: Stage, arnOf: ArnOf, route: Operation) => {
  const spec = functionOf(route);
  return {
    operationId: route.operation,
    parameters: [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    responses: { [route.answers.status]: { description: route.summary } },
    security: route.permission === 'public' ? [] : [{ token: [] }],
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: invocationOf(stage, arnOf(spec)),
      passthroughBehavior: 'when_no_match',
      timeoutInMillis: Math.min(integrationSecondsMax, spec.timeoutSeconds) * 1000,
    },
  };
};

const pathsOf = (stage: Stage, arnOf: ArnOf) => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of contract)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(stage, arnOf, route) };
  return paths;
};

/**
 * The contract as API Gateway reads it: every route and no other, each with its function and, unless public, the
 * authorizer. What is no token by its form is refused before the authorizer runs.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
export const gatewayBody = (stage: Stage, arnOf: ArnOf) => ({
  openapi: '3.0.1',
  info: { title: apiName(stage), version: '1' },
  paths: pathsOf(stage, arnOf),
  components: {
    securitySchemes: {
      token: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'custom',
        'x-amazon-apigateway-authorizer': {
          type: 'token',
          authorizerUri: invocationOf(stage, arnOf(authorizer())),
          authorizerResultTtlInSeconds: stage.revokeToDenySeconds,
          identityValidationExpression: `^[Bb]earer ${tokenPattern.source}$`,
        },
      },
    },
  },
  'x-amazon-apigateway-gateway-responses': gatewayResponses,
});
