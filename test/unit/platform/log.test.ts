import { inInvocation, note } from '../../../lambdas/platform/invocation.ts';
import { log, reportSecurityEvent } from '../../../lambdas/platform/log.ts';
import { written, writtenLines } from '../../harness/written-lines.ts';

const requestId = '0b5c9a5e-1f0e-4f57-9a3a-6d0c1f6f3c11';
const event = { requestContext: { requestId, identity: { sourceIp: '192.0.2.7' } }, headers: { Authorization: 'x' } };

beforeAll(() => {
  process.env.AWS_LAMBDA_FUNCTION_NAME = 'ringfence-local-catalog';
});
afterAll(() => {
  delete process.env.AWS_LAMBDA_FUNCTION_NAME;
});

describe('a log line', () => {
  it('says how grave, what, when, which function, whose invocation and which request, and nothing else of the event', async () => {
    const [line] = await writtenLines(() =>
      inInvocation(event, { awsRequestId: 'one' }, () => log('warn', 'refused', { code: 'internal' })),
    );
    expect(line).toEqual({
      level: 'warn',
      message: 'refused',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      function: 'ringfence-local-catalog',
      invocationId: 'one',
      requestId,
      address: '192.0.2.7',
      code: 'internal',
    });
  });

  it.each(['info', 'warn', 'error'] as const)('of level %s is one line of standard output', async (level) => {
    const { lines, errors } = await written(() => log(level, 'several\nlines', { text: 'and\nmore' }));
    expect(lines).toHaveLength(1);
    expect(errors).toBe('');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level, message: 'several\nlines', text: 'and\nmore' });
  });

  it.each(['service', 'timestamp', 'sampling_rate', 'error', 'extra'])(
    'keeps a field called %s, which the logger has its own use for',
    async (name) => {
      expect(await writtenLines(() => log('info', 'any', { [name]: 'ours' }))).toEqual([
        expect.objectContaining({ [name]: 'ours' }),
      ]);
    },
  );

  it('outside an invocation has no ids', async () => {
    const [line] = await writtenLines(() => log('info', 'loading'));
    expect(Object.keys(line ?? {}).sort()).toEqual(['function', 'level', 'message', 'time']);
  });
});

/** The gateway writes these; whoever invokes a function past it writes what they like. */
describe('an event that did not come from the gateway', () => {
  it.each<[what: string, event: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'requestContext'],
    ['a request id that is none', { requestContext: { requestId: 'rfp_secret' } }],
    ['a request id with more', { requestContext: { requestId: `${requestId}\n{"message":"security"}` } }],
    ['an object for an id', { requestContext: { requestId: { length: 36 } } }],
    ['an address that is none', { requestContext: { identity: { sourceIp: 'password' } } }],
    ['an address with more', { requestContext: { http: { sourceIp: '192.0.2.7 and more' } } }],
  ])('puts nothing of its own into a line: %s', async (_, forged) => {
    const [line] = await writtenLines(() => inInvocation(forged, { awsRequestId: 'one' }, () => log('info', 'any')));
    expect(Object.keys(line ?? {}).sort()).toEqual(['function', 'invocationId', 'level', 'message', 'time']);
  });
});

describe('invocations at the same time', () => {
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * 5));

  /** Logs before, between and after awaits, from a timer, from a promise nobody waits for, and when it fails. */
  const work = async (name: string): Promise<void> => {
    note({ principal: name });
    log('info', 'first', { mark: name });
    await pause();
    const forgotten = pause().then(() => log('info', 'forgotten', { mark: name }));
    await Promise.all([1, 2, 3].map(() => pause().then(() => log('info', 'beside', { mark: name }))));
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        reportSecurityEvent({ event: 'assertion-refused', reason: name });
        resolve();
      });
    });
    await forgotten;
    if (name.endsWith('7')) throw new Error('failed');
  };

  it('never carry each other’s ids or callers, however their awaits interleave', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `invocation-${at}`);
    const lines = await writtenLines(() =>
      Promise.allSettled(names.map((name) => inInvocation(event, { awsRequestId: name }, () => work(name)))),
    );
    expect(lines).toHaveLength(names.length * 7);
    for (const { mark, reason, invocationId, principal } of lines) {
      expect(principal).toBe(invocationId);
      expect([invocationId, undefined]).toContain(mark ?? reason);
    }
  });

  it('leave nothing behind for the next', async () => {
    await inInvocation(event, { awsRequestId: 'one' }, () => note({ tenant: 'ten_one' }));
    const [line] = await writtenLines(() => inInvocation({}, { awsRequestId: 'two' }, () => log('info', 'any')));
    expect(line).not.toHaveProperty('tenant');
    expect(line).toMatchObject({ invocationId: 'two' });
  });
});
