import { parseGatewayResponse, renderRefusal } from '../../../local/gateway/gateway-response.ts';
import { Refusal } from '../../../local/gateway/refusal.ts';

const context = { requestId: 'r-1', error: { messageString: '"Nope"' }, authorizer: { tenant: 't1' } };

const render = (refusal: Refusal, responses: Record<string, Parameters<typeof parseGatewayResponse>[0]> = {}) => {
  const parsed = new Map(Object.entries(responses).map(([type, response]) => [type, parseGatewayResponse(response)]));
  const { status, headers, body } = renderRefusal(refusal, parsed, context);
  return { status, headers: Object.fromEntries(headers), body: body.toString() };
};

describe('the answer to a refused request', () => {
  it("is API Gateway's own where nobody changed it", () => {
    expect(render(new Refusal('UNAUTHORIZED'))).toEqual({
      status: 401,
      headers: { 'Content-Type': 'application/json', 'x-amzn-ErrorType': 'UnauthorizedException' },
      body: '{"message":"Nope"}',
    });
  });

  it('takes status, headers and template of its type', () => {
    const answer = render(new Refusal('THROTTLED'), {
      THROTTLED: {
        statusCode: 503,
        responseParameters: {
          'gatewayresponse.header.Retry-After': "'7'",
          'gatewayresponse.header.X-Id': 'context.requestId',
        },
        responseTemplates: {
          'application/problem+json':
            '{"id":"$context.requestId","of":"${context.authorizer.tenant}","no":"$context.nothing.here"}',
        },
      },
      DEFAULT_4XX: { statusCode: 400 },
    });
    expect(answer).toEqual({
      status: 503,
      headers: {
        'Content-Type': 'application/problem+json',
        'x-amzn-ErrorType': 'TooManyRequestsException',
        'Retry-After': '7',
        'X-Id': 'r-1',
      },
      body: '{"id":"r-1","of":"t1","no":""}',
    });
  });

  it.each([
    ['THROTTLED', 'DEFAULT_4XX', 429],
    ['INTEGRATION_TIMEOUT', 'DEFAULT_5XX', 504],
  ] as const)('%s falls back to %s and keeps its status', (type, fallback, status) => {
    const answer = render(new Refusal(type), { [fallback]: { responseTemplates: { 'text/plain': 'default' } } });
    expect(answer).toMatchObject({ status, body: 'default' });
  });

  it("reads the resource's spelling", () => {
    const answer = render(new Refusal('ACCESS_DENIED'), {
      ACCESS_DENIED: { StatusCode: '404', ResponseTemplates: { 'text/plain': 'gone' } },
    });
    expect(answer).toMatchObject({ status: 404, body: 'gone' });
  });
});
