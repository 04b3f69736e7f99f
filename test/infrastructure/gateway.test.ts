import { errors } from '../../lambdas/contract.ts';
import { resourcesOf, templatesOf } from './synthesized.ts';

const { api } = templatesOf('staging');
const [restApi] = resourcesOf(api, 'AWS::ApiGateway::RestApi');
const [stage] = resourcesOf(api, 'AWS::ApiGateway::Stage');

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html, all of them. */
const refusalTypes = [
  'ACCESS_DENIED',
  'API_CONFIGURATION_ERROR',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'AUTHORIZER_FAILURE',
  'BAD_REQUEST_BODY',
  'BAD_REQUEST_PARAMETERS',
  'DEFAULT_4XX',
  'DEFAULT_5XX',
  'EXPIRED_TOKEN',
  'INTEGRATION_FAILURE',
  'INTEGRATION_TIMEOUT',
  'INVALID_API_KEY',
  'INVALID_SIGNATURE',
  'MISSING_AUTHENTICATION_TOKEN',
  'QUOTA_EXCEEDED',
  'REQUEST_TOO_LARGE',
  'RESOURCE_NOT_FOUND',
  'THROTTLED',
  'UNAUTHORIZED',
  'UNSUPPORTED_MEDIA_TYPE',
  'WAF_FILTERED',
];
const responses = restApi?.Properties.Body['x-amazon-apigateway-gateway-responses'];

describe('the gateway’s own refusals', () => {
  it('are all ours', () => expect(Object.keys(responses).sort()).toEqual(refusalTypes));

  it.each(refusalTypes)(
    '%s is a problem of the error table, with its status and the headers of every answer',
    (type) => {
      const { statusCode, responseParameters, responseTemplates } = responses[type];
      expect(Object.keys(responseTemplates)).toEqual(['application/json']);
      const problem = JSON.parse(responseTemplates['application/json']);
      const code = problem.code as keyof typeof errors;
      expect(problem).toEqual({
        type: `/docs/errors/${code}`,
        title: errors[code].title,
        status: errors[code].status,
        code,
        detail: errors[code].advice,
        ...(code === 'invalid-request' && { errors: [{ field: 'request', expected: expect.any(String) }] }),
        ...(code === 'internal' && { instance: '$context.requestId' }),
      });
      expect(statusCode).toBe(String(errors[code].status));
      expect(responseParameters).toEqual({
        'gatewayresponse.header.Cache-Control': "'no-store'",
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
        'gatewayresponse.header.Strict-Transport-Security': "'max-age=31536000; includeSubDomains'",
        'gatewayresponse.header.X-Content-Type-Options': "'nosniff'",
        ...(errors[code].retryable && { 'gatewayresponse.header.Retry-After': "'1'" }),
        ...(code === 'unauthenticated' && { 'gatewayresponse.header.WWW-Authenticate': `'Bearer realm="ringfence"'` }),
      });
    },
  );

  it.each([
    ['UNAUTHORIZED', 'unauthenticated'],
    ['ACCESS_DENIED', 'tenant-suspended'],
    ['MISSING_AUTHENTICATION_TOKEN', 'route-not-found'],
    ['REQUEST_TOO_LARGE', 'payload-too-large'],
    ['THROTTLED', 'rate-limited'],
    ['WAF_FILTERED', 'rate-limited'],
    ['INTEGRATION_TIMEOUT', 'deadline-exceeded'],
    ['API_CONFIGURATION_ERROR', 'internal'],
  ])('%s says %s', (type, code) =>
    expect(JSON.parse(responses[type].responseTemplates['application/json']).code).toBe(code),
  );
});

describe('the way in', () => {
  it('is TLS 1.2 or better with forward secrecy, at the host that TLS names, in this region', () => {
    expect(restApi?.Properties).toMatchObject({
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'STRICT',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      DisableExecuteApiEndpoint: false,
      FailOnWarnings: true,
    });
  });

  it('is the domain alone where there is one', () => {
    const name = 'api.example.com';
    const certificateArn = 'arn:aws:acm:eu-central-1:111111111111:certificate/0';
    const { api: withDomain } = templatesOf('staging', { domain: { name, certificateArn } });
    expect(resourcesOf(withDomain, 'AWS::ApiGateway::RestApi')[0]?.Properties.DisableExecuteApiEndpoint).toBe(true);
    expect(resourcesOf(withDomain, 'AWS::ApiGateway::DomainName')[0]?.Properties).toMatchObject({
      DomainName: name,
      RegionalCertificateArn: certificateArn,
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
      EndpointAccessMode: 'STRICT',
    });
    expect(resourcesOf(withDomain, 'AWS::ApiGateway::BasePathMapping')).toHaveLength(1);
    expect(withDomain.Outputs.ApiUrl.Value).toBe('https://api.example.com');
  });

  it('is throttled on every method, measured as a whole, and traces no request', () => {
    expect(stage?.Properties.MethodSettings).toEqual([
      {
        HttpMethod: '*',
        ResourcePath: '/*',
        ThrottlingRateLimit: 200,
        ThrottlingBurstLimit: 100,
        DataTraceEnabled: false,
        LoggingLevel: 'OFF',
      },
    ]);
  });

  it('refuses an address that asks too often, and keeps no credential of what it saw', () => {
    const [acl] = resourcesOf(api, 'AWS::WAFv2::WebACL');
    expect(acl?.Properties.Rules).toHaveLength(2);
    expect(acl?.Properties.Rules[1].Statement.RateBasedStatement).toEqual({
      AggregateKeyType: 'IP',
      Limit: 2000,
      EvaluationWindowSec: 300,
    });
    const protectedFields = acl?.Properties.DataProtectionConfig.DataProtections;
    expect(JSON.stringify(protectedFields)).toMatch(/authorization.*cookie.*QUERY_STRING/);
    expect(JSON.stringify(acl?.Properties)).not.toContain('"SampledRequestsEnabled":true');
    const [logging] = resourcesOf(api, 'AWS::WAFv2::LoggingConfiguration');
    expect(JSON.stringify(logging?.Properties.RedactedFields)).toMatch(/authorization.*cookie/);
    expect(resourcesOf(api, 'AWS::WAFv2::WebACLAssociation')).toHaveLength(1);
  });

  it('refuses addresses that an operator blocks before it counts them, and begins with none', () => {
    const [blocked] = resourcesOf(api, 'AWS::WAFv2::IPSet');
    expect(blocked?.Properties).toMatchObject({
      Name: 'ringfence-staging-blocked',
      Scope: 'REGIONAL',
      IPAddressVersion: 'IPV4',
      Addresses: [],
    });
    const [acl] = resourcesOf(api, 'AWS::WAFv2::WebACL');
    expect(acl?.Properties.Rules[0]).toMatchObject({
      Priority: 0,
      Action: { Block: {} },
      Statement: { IPSetReferenceStatement: { Arn: { 'Fn::GetAtt': [blocked?.logicalId, 'Arn'] } } },
    });
    // Nobody comes with an IPv6 address, which this set could not hold: without IpAddressType an API has IPv4 only.
    expect(restApi?.Properties.EndpointConfiguration).toEqual({ Types: ['REGIONAL'] });
  });
});

describe('the access log', () => {
  const { DestinationArn, Format } = stage?.Properties.AccessLogSetting ?? {};
  const fields: Record<string, string> = JSON.parse(Format);

  it('is a line of JSON in its own encrypted group', () => {
    expect(DestinationArn).toEqual({ 'Fn::GetAtt': ['AccessLogs', 'Arn'] });
    expect(Object.keys(fields)).toEqual(
      expect.arrayContaining([
        'requestId',
        'ip',
        'resourcePath',
        'status',
        'tenant',
        'principal',
        'credential',
        'errorType',
      ]),
    );
  });

  it('holds nothing that the caller writes: no header, no query string, no path of theirs', () => {
    const callers = /header|query|userAgent|\.path$|authorizer\.assertion|requestOverride|identity\.(?!sourceIp)/i;
    expect(Object.values(fields).filter((variable) => callers.test(variable))).toEqual([]);
    for (const variable of Object.values(fields)) expect(variable).toMatch(/^\$context\.[\w.]+$/);
  });
});
