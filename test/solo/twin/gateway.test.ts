import { type Answer, bearer, runFixture } from './run-fixture.ts';

let fixture: Awaited<ReturnType<typeof runFixture>>;
beforeAll(async () => {
  fixture = await runFixture();
});
afterAll(() => fixture.stop());

const eventOf = (answer: Answer) => JSON.parse(answer.text).event;
const logged = (group: string): readonly string[] =>
  fixture.twin.logs
    .since(0)
    .entries.filter((line) => line.group === group)
    .map(({ message }) => message);

describe('the event of a proxy integration', () => {
  it('has path, parameters and every value of query and headers', async () => {
    const call = { method: 'POST', headers: [...bearer('admin'), 'X-Twice', '1', 'x-twice', '2'], body: 'häh' };
    const event = eventOf(await fixture.send('/v1/things/a%2Fb?q=1&q=2&r=a+b&s', call));
    expect(event).toMatchObject({
      resource: '/v1/things/{id}',
      path: '/v1/things/a%2Fb',
      httpMethod: 'POST',
      pathParameters: { id: 'a/b' },
      queryStringParameters: { q: '2', r: 'a b', s: '' },
      multiValueQueryStringParameters: { q: ['1', '2'], r: ['a b'], s: [''] },
      body: 'häh',
      isBase64Encoded: false,
      stageVariables: null,
    });
    expect(event.headers['X-Twice']).toBe('2');
    expect(event.multiValueHeaders['X-Twice']).toEqual(['1', '2']);
    expect(event.requestContext).toMatchObject({
      accountId: '000000000000',
      httpMethod: 'POST',
      identity: { sourceIp: '127.0.0.1' },
      resourcePath: '/v1/things/{id}',
      stage: 'live',
      authorizer: { principalId: 'admin', tenant: 'admin', admin: 'true', calls: '1' },
    });
  });

  it('says null where there is nothing', async () => {
    const event = eventOf(await fixture.send('/v1/open'));
    expect(event).toMatchObject({ body: null, pathParameters: null, queryStringParameters: null });
    expect(event.requestContext.authorizer).toBeUndefined();
  });

  it('appends the address to a forwarded-for header that a client made up', async () => {
    const event = eventOf(await fixture.send('/v1/open', { headers: ['X-Forwarded-For', '6.6.6.6'] }));
    expect(event.headers['X-Forwarded-For']).toBe('6.6.6.6, 127.0.0.1');
  });
});

describe('the gateway refuses', () => {
  it.each([
    ['an unknown path', 'GET', '/nothing', 403, 'Missing Authentication Token'],
    ['an unknown method', 'PATCH', '/v1/open', 403, 'Missing Authentication Token'],
    ['bad percent-encoding in the path', 'GET', '/v1/things/%zz', 400, 'Bad Request'],
    ['bad percent-encoding in the query', 'GET', '/v1/open?a=%zz', 400, 'Bad Request'],
  ])('%s', async (_, method, path, status, message) => {
    const answer = await fixture.send(path, { method });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([status, { message }]);
  });

  it('a body over 10 MB, after reading it', async () => {
    const answer = await fixture.send('/v1/open', { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1, 'x') });
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([413, 'RequestTooLargeException']);
  });

  it('a function that does not let it in, without invoking it', async () => {
    const answer = await fixture.send('/v1/uninvited');
    expect([answer.status, answer.text]).toEqual([500, '{"code":"internal","type":"API_CONFIGURATION_ERROR"}']);
    expect(logged('/aws/lambda/url')).toEqual([]);
  });

  it('more than the rate of a method, and switches off for tests', async () => {
    const statuses = async () => {
      const all: number[] = [];
      for (let n = 0; n < 4; n += 1) all.push((await fixture.send('/v1/limited')).status);
      return all;
    };
    expect(await statuses()).toEqual([200, 200, 429, 429]);
    fixture.twin.throttle(false);
    expect(await statuses()).toEqual([200, 200, 200, 200]);
    fixture.twin.throttle(true);
  });
});

describe('the authorizer', () => {
  it.each([
    ['a missing credential', []],
    ['one that does not match the expression', ['Authorization', 'Basic x']],
    ['one that matches in part only', ['Authorization', 'Bearer admin1']],
  ])('is not asked about %s', async (_, headers) => {
    const before = logged('/aws/lambda/authorizer').length;
    const answer = await fixture.send('/v1/things/1', { headers });
    expect([answer.status, answer.headers['www-authenticate'], answer.headers['content-type']]).toEqual([
      401,
      'Bearer',
      'application/problem+json',
    ]);
    expect(logged('/aws/lambda/authorizer')).toHaveLength(before);
  });

  it('is asked once for the time to live, and by credential', async () => {
    const calls = async (word: string) =>
      eventOf(await fixture.as(word, '/v1/things/1')).requestContext.authorizer.calls;
    const first = await calls('cached');
    expect(await calls('cached')).toBe(first);
    expect(await calls('another')).not.toBe(first);
    fixture.twin.clock.advance(29_000);
    expect(await calls('cached')).toBe(first);
    fixture.twin.clock.advance(1_000);
    expect(await calls('cached')).not.toBe(first);
  });

  it('is asked anew each time it threw Unauthorized: refusals are not kept', async () => {
    const asked = () => logged('/aws/lambda/authorizer').filter((line) => line.includes('authorizing')).length;
    const before = asked();
    for (let n = 0; n < 2; n += 1) expect((await fixture.as('unauthorized', '/v1/things/1')).status).toBe(401);
    expect(asked()).toBe(before + 2);
  });

  it.each([
    ['broken', 'AUTHORIZER_FAILURE'],
    ['nonsense', 'AUTHORIZER_CONFIGURATION_ERROR'],
  ])('that is %s is %s', async (word, type) => {
    expect((await fixture.as(word, '/v1/things/1')).text).toBe(`{"code":"internal","type":"${type}"}`);
  });

  it.each([
    ['reader', 'GET', 200],
    ['reader', 'POST', 403],
    ['nobody', 'GET', 403],
  ])('whose policy for %s decides %s: %i', async (word, method, status) => {
    const answer = await fixture.as(word, '/v1/things/1', method);
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.text).toBe(`{"code":"forbidden","tenant":"${word}"}`);
  });
});

describe('the access log', () => {
  it('has one line for each request in the stage’s format, variables without a value as a dash', async () => {
    const { headers } = await fixture.as('admin', '/v1/things/logged');
    await fixture.send('/v1/nowhere');
    const lines = logged('access')
      .slice(-2)
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { path: '/v1/things/logged', status: '200', tenant: 'admin', id: headers['x-amzn-requestid'] },
      { path: '/v1/nowhere', status: '403', tenant: '-' },
    ]);
  });
});
