import { runFixture } from './run-fixture.ts';

let fixture: Awaited<ReturnType<typeof runFixture>>;
beforeAll(async () => {
  fixture = await runFixture();
});
afterAll(() => fixture.stop());

const misbehave = (how: string) => fixture.twin.invoke('misbehave', { how });

describe('a function', () => {
  it('that loses its mind is contained, and the next call is served', async () => {
    const outcomes = [];
    for (const how of ['throw', 'exit', 'spin', 'hang', 'memory']) {
      const { payload, functionError } = await misbehave(how);
      outcomes.push([how, functionError, (payload as { errorType: string }).errorType]);
      expect((await misbehave('nothing')).payload).toEqual({ statusCode: 200, body: 'fine' });
    }
    expect(outcomes).toEqual([
      ['throw', 'Unhandled', 'TypeError'],
      ['exit', 'Unhandled', 'Runtime.ExitError'],
      ['spin', 'Unhandled', 'Sandbox.Timedout'],
      ['hang', 'Unhandled', 'Sandbox.Timedout'],
      ['memory', 'Unhandled', 'Runtime.ExitError'],
    ]);
  });

  it('that crashes after its answer does not spoil the next call', async () => {
    expect((await misbehave('later')).functionError).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await misbehave('nothing')).functionError).toBeUndefined();
  });

  it.each([
    ['throw', 502],
    ['malformed', 502],
    ['text', 502],
  ])('that does %s is %i at the gateway, and says nothing of why', async (how, status) => {
    const answer = await fixture.send(`/v1/misbehave/${how}`);
    expect([answer.status, answer.text]).toEqual([status, '{"code":"internal","type":"INTEGRATION_FAILURE"}']);
  });

  it('logs its lines before its answer, with time, request and level', async () => {
    const { logs } = await misbehave('nothing');
    expect(logs).toEqual([expect.stringMatching(/^\d{4}-.*Z\t[0-9a-f-]{36}\tINFO\tabout to nothing$/)]);
  });

  it("sees the twin's clock in Date, and the real one in the time it has left", async () => {
    const hour = 3_600_000;
    fixture.twin.clock.advance(hour);
    const before = fixture.twin.clock.now();
    const { now, newDate, isDate, left } = JSON.parse((await fixture.send('/v1/open')).text);
    expect(now - before).toBeLessThan(1_000);
    expect(now - Date.now()).toBeGreaterThan(hour - 1_000);
    expect([Math.abs(newDate - now) < 100, isDate, left > 2_000, left <= 3_000]).toEqual([true, true, true, true]);
    fixture.twin.clock.advance(-hour);
  });

  it("has its template's variables and Lambda's, and none of the developer's", async () => {
    process.env.SECRET_OF_THE_DEVELOPER = 'x';
    const { env, arn } = JSON.parse((await fixture.send('/v1/open')).text);
    expect(env).toMatchObject({
      TABLE: expect.stringContaining('Items'),
      AWS_REGION: 'eu-central-1',
      AWS_LAMBDA_FUNCTION_NAME: 'echo',
    });
    expect(env).not.toHaveProperty('SECRET_OF_THE_DEVELOPER');
    expect(env).not.toHaveProperty('HOME');
    expect(arn).toBe('arn:aws:lambda:eu-central-1:000000000000:function:echo');
  });

  it('is throttled beyond its reserved concurrency', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => fixture.send('/v1/slow')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 500, 500]);
    // Two environments ran side by side: each counts its own.
    expect(answers.filter(({ status }) => status === 200).map(({ text }) => text)).toEqual(['1', '1']);
  });

  it('still reaches its table when a clock jump has ended its credentials', async () => {
    const item = (method: string) =>
      fixture.send('/v1/items/1', {
        method,
        headers: ['Authorization', 'Bearer admin'],
        ...(method === 'PUT' ? { body: 'kept' } : {}),
      });
    expect((await item('PUT')).text).toBe('kept');
    fixture.twin.clock.advance(3 * 24 * 3_600_000);
    expect((await item('GET')).text).toBe('kept');
    fixture.twin.clock.advance(-3 * 24 * 3_600_000);
  });
});
