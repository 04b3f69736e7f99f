import { parseProxyResponse } from '../../../local/gateway/proxy-response.ts';

const parse = (answer: unknown) => {
  const parsed = parseProxyResponse(JSON.stringify(answer));
  return parsed && { ...parsed, body: parsed.body.toString() };
};

describe('what a proxy integration answered', () => {
  it('becomes the HTTP answer, multi-value headers winning', () => {
    const answer = { statusCode: 201, headers: { a: '1', B: 'x' }, multiValueHeaders: { b: ['2', '3'] }, body: 'hi' };
    expect(parse(answer)).toEqual({
      status: 201,
      headers: [
        ['Content-Type', 'application/json'],
        ['a', '1'],
        ['b', '2'],
        ['b', '3'],
      ],
      body: 'hi',
    });
  });

  it('decodes base64', () => {
    expect(
      parse({ statusCode: 200, headers: { 'content-type': 'x' }, body: 'aGk=', isBase64Encoded: true }),
    ).toMatchObject({ body: 'hi' });
  });

  it('loses headers that API Gateway keeps for itself', () => {
    const { headers = [] } = parse({ statusCode: 401, headers: { 'WWW-Authenticate': 'Bearer' } }) ?? {};
    expect(headers).toContainEqual(['x-amzn-Remapped-WWW-Authenticate', 'Bearer']);
  });

  it.each([
    ['a string', 'no'],
    ['nothing', null],
    ['an unknown member', { statusCode: 200, text: 'x' }],
    ['a body that is no string', { statusCode: 200, body: { a: 1 } }],
    ['a status that is no number', { statusCode: 'fine' }],
    ['headers that are no map', { statusCode: 200, headers: 'a' }],
    ['a header that is no value', { statusCode: 200, headers: { a: {} } }],
  ])('is malformed when it is %s', (_, answer) => {
    expect(parse(answer)).toBeUndefined();
  });
});
