import { randomUUID } from 'node:crypto';
import type { Fault } from '../../../local/types.ts';
import { type Caller, callerOf } from '../../harness/caller.ts';
import { refusalOf } from '../../harness/refusal-of.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';

/** Every AWS call on a request's way. `cold`: made only by instances that have just started. */
const calls = [
  { service: 'dynamodb', operation: 'BatchGetItem' },
  { service: 'dynamodb', operation: 'GetItem' },
  { service: 'dynamodb', operation: 'Query', reads: true },
  { service: 'dynamodb', operation: 'TransactWriteItems' },
  { service: 'kms', operation: 'GetPublicKey', cold: true },
  { service: 'kms', operation: 'Sign', cold: true },
  { service: 'sts', operation: 'AssumeRole', cold: true },
] as const;
/** Nobody waits for these, and nobody is refused because of them. */
const aside = [{ service: 'dynamodb', operation: 'UpdateItem' }] as const;

const hourMs = 3_600_000;
let twin: SoloTwin;
let owner: Caller;
beforeAll(async () => {
  twin = await soloTwin();
  owner = callerOf(twin, (await twin.tenant()).token);
});
afterEach(() => twin.control.clearFaults());
afterAll(() => twin.end());

/** After this nothing is remembered; after `cold` every function starts anew. */
const forget = async (cold: boolean): Promise<void> => {
  await twin.control.advanceClock((cold ? 12 : 1) * hourMs);
  await twin.control.forgetAuthorizations();
};

const create = (name: string) =>
  owner.ask('POST', '/v1/services', { body: { name }, headers: [['Idempotency-Key', name]] });

const effectsOf = async (name: string) => {
  const made = (await owner.all<{ id: string; name: string }>('/v1/services')).filter((one) => one.name === name);
  const events = await Promise.all(made.map(({ id }) => owner.auditOf(id)));
  return { made: made.length, events: events.flat().length };
};

it('knows every AWS call on a request’s way', async () => {
  await forget(true);
  const next = await twin.control.callsSoFar();
  await create('journal');
  await owner.all('/v1/services');
  const seen = (await twin.control.calls(next)).entries.map(({ service, operation }) => `${service} ${operation}`);
  expect([...new Set(seen)].sort()).toEqual(
    [...calls, ...aside].map(({ service, operation }) => `${service} ${operation}`).sort(),
  );
});

describe.each(calls)('$service $operation', ({ service, operation, ...call }) => {
  const isCold = 'cold' in call;
  const isRead = 'reads' in call;
  const fault = (kind: Fault['kind'], times: number) => twin.control.fault({ service, operation, kind, times });

  it.each(['throttle', 'fail', 'lose-response'] as const)('once %s: the caller does not notice', async (kind) => {
    const name = randomUUID();
    await forget(isCold);
    await fault(kind, 1);
    const reply = isRead ? await owner.ask('GET', '/v1/services') : await create(name);
    expect(reply.status).toBe(isRead ? 200 : 201);
    if (!isRead) expect(await effectsOf(name)).toEqual({ made: 1, events: 1 });
  });

  it.each(['throttle', 'fail'] as const)(
    '%s without end: unavailable, no half effect, nothing remembered',
    async (kind) => {
      const name = randomUUID();
      await forget(isCold);
      await fault(kind, 1000);
      const reply = isRead ? await owner.ask('GET', '/v1/services') : await create(name);
      expect(refusalOf(isRead ? 'listServices' : 'createService', reply)).toBe('unavailable');
      await twin.control.clearFaults();
      expect(await effectsOf(name)).toEqual({ made: 0, events: 0 });
      if (isRead) return;
      expect((await create(name)).status).toBe(201);
      expect(await effectsOf(name)).toEqual({ made: 1, events: 1 });
    },
  );
});

describe.each(aside)('$service $operation', ({ service, operation }) => {
  it.each(['throttle', 'fail', 'lose-response', 'delay'] as const)(
    '%s without end: nobody is refused',
    async (kind) => {
      await forget(false);
      await twin.control.fault({ service, operation, kind, times: 1000, ms: 10_000 });
      const next = await twin.control.callsSoFar();
      expect((await owner.ask('GET', '/v1/me')).status).toBe(200);
      // Nor does anybody wait for a second attempt.
      const tried = (await twin.control.calls(next)).entries.filter((call) => call.operation === operation);
      expect(tried.length).toBeLessThanOrEqual(1);
    },
  );
});
