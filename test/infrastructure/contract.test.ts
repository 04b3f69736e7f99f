import { contract } from '../../lambdas/contract.ts';
import { functions } from '../../lambdas/functions.ts';
import { resourcesOf, templatesOf } from './synthesized.ts';

const { api } = templatesOf('staging');
const functionByLogicalId = new Map(
  resourcesOf(api, 'AWS::Lambda::Function').map(({ logicalId, Properties }) => [logicalId, Properties.FunctionName]),
);
const [restApi] = resourcesOf(api, 'AWS::ApiGateway::RestApi');
const body = restApi?.Properties.Body;
const operations = Object.entries<Record<string, never>>(body.paths).flatMap(([path, methods]) =>
  // biome-ignore lint/suspicious/noExplicitAny: an OpenAPI operation
  Object.entries<any>(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);
const invoked = (uri: { 'Fn::Join': [string, [string, { 'Fn::GetAtt': [string, string] }, string]] }): string =>
  functionByLogicalId.get(uri['Fn::Join'][1][1]['Fn::GetAtt'][0]);

describe('the gateway is the contract', () => {
  it('has every route of the contract and no other, each served by its function, behind the authorizer unless public', () => {
    const templated = operations.map(({ path, method, operation }) => ({
      route: `${method} ${path}`,
      operation: operation.operationId,
      function: invoked(operation['x-amazon-apigateway-integration'].uri),
      authorizers: operation.security.flatMap(Object.keys),
    }));
    const declared = contract.map(({ method, path, operation, feature, permission }) => ({
      route: `${method} ${path}`,
      operation,
      function: `ringfence-staging-${feature}`,
      authorizers: permission === 'public' ? [] : ['token'],
    }));
    const byRoute = (a: { route: string }, b: { route: string }) => (a.route < b.route ? -1 : 1);
    expect(templated.sort(byRoute)).toEqual(declared.sort(byRoute));
  });

  it('hands each request over unread, and waits no longer than the function may take', () => {
    for (const { operation } of operations) {
      const { type, httpMethod, timeoutInMillis, uri } = operation['x-amazon-apigateway-integration'];
      const spec = functions.find(({ name }) => invoked(uri) === `ringfence-staging-${name}`);
      expect({ type, httpMethod, timeoutInMillis }).toEqual({
        type: 'aws_proxy',
        httpMethod: 'POST',
        timeoutInMillis: Math.min(29, spec?.timeoutSeconds ?? 0) * 1000,
      });
    }
  });

  it('has one authorizer, whose answers live as long as the revoke-to-deny bound and which sees only well-formed tokens', () => {
    const schemes = Object.entries(body.components.securitySchemes);
    expect(schemes).toEqual([
      [
        'token',
        expect.objectContaining({
          name: 'Authorization',
          in: 'header',
          'x-amazon-apigateway-authorizer': expect.objectContaining({
            type: 'token',
            authorizerResultTtlInSeconds: 30,
            identityValidationExpression: '^[Bb]earer rfp_[0-9A-Za-z]{77}$',
          }),
        }),
      ],
    ]);
    // biome-ignore lint/suspicious/noExplicitAny: read from the template
    const [[, scheme]] = schemes as any;
    expect(invoked(scheme['x-amazon-apigateway-authorizer'].authorizerUri)).toBe('ringfence-staging-authorizer');
  });

  it('deploys itself anew when the contract changes', () => {
    const [deployment] = resourcesOf(api, 'AWS::ApiGateway::Deployment');
    const other = resourcesOf(templatesOf('staging', { revokeToDenySeconds: 10 }).api, 'AWS::ApiGateway::Deployment');
    expect(other[0]?.logicalId).not.toBe(deployment?.logicalId);
  });
});
