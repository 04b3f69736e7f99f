import { parseApi } from '../../../local/gateway/api-definition.ts';
import type { JsonObject } from '../../../local/template/json.ts';

const uri = 'arn:aws:apigateway:r:lambda:path/2015-03-31/functions/arn:aws:lambda:r:0:function:f/invocations';
const integration = { 'x-amazon-apigateway-integration': { type: 'aws_proxy', uri, timeoutInMillis: 5000 } };
const scheme = {
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: uri, identityValidationExpression: 'a|b' },
};
const bodyWith = (operation: JsonObject, path = '/x'): JsonObject => ({
  paths: { [path]: { get: operation } },
  components: { securitySchemes: { token: scheme } },
});

describe('reading an API body', () => {
  it('gives routes with function, timeout and authorizer', () => {
    const [route] = parseApi('Api/Rest', bodyWith({ ...integration, security: [{ token: [] }] })).routes;
    expect(route).toMatchObject({
      method: 'GET',
      path: '/x',
      functionArn: 'arn:aws:lambda:r:0:function:f',
      timeoutMs: 5000,
      authorizer: { name: 'token', header: 'Authorization', ttlSeconds: 300 },
    });
  });

  it('matches the whole credential against the validation expression', () => {
    const [route] = parseApi('Api/Rest', bodyWith({ ...integration, security: [{ token: [] }] })).routes;
    expect(['a', 'b', 'ab', 'xa'].map((credential) => route?.authorizer?.validation?.test(credential))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it.each([
    [
      'another integration',
      bodyWith({ 'x-amazon-apigateway-integration': { type: 'http', uri } }),
      'integration type http',
    ],
    ['an unknown security scheme', bodyWith({ ...integration, security: [{ other: [] }] }), 'asks for security other'],
    [
      'a target that is no function',
      bodyWith({ 'x-amazon-apigateway-integration': { type: 'aws_proxy', uri: 'x' } }),
      'points at "x"',
    ],
    ['a greedy path', bodyWith(integration, '/{proxy+}'), 'greedy'],
  ])('stops with the place: %s', (_, body, message) => {
    expect(() => parseApi('Api/Rest', body)).toThrow(message);
  });
});
