import { setTimeout as wait } from 'node:timers/promises';
import { callerOf } from '../../harness/caller.ts';
import { refusalOf } from '../../harness/refusal-of.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';

/** More than a function has. */
const longMs = 18_000;
let twin: SoloTwin;
beforeAll(async () => {
  twin = await soloTwin();
});
afterAll(() => twin.end());

const delay = (service: string, operation: string) =>
  twin.control.fault({ service, operation, kind: 'delay', times: 1, ms: longMs });

it('an AWS call that does not answer: deadline-exceeded, the next request is served, and nothing happens late', async () => {
  const [a, b, c] = await Promise.all([twin.tenant(), twin.tenant(), twin.tenant()]);
  const [writer, starter, visitor] = [a, b, c].map(({ token }) => callerOf(twin, token)) as [
    ReturnType<typeof callerOf>,
    ReturnType<typeof callerOf>,
    ReturnType<typeof callerOf>,
  ];
  const body = { name: 'Late' };
  const headers = [['Idempotency-Key', 'late']] as const;
  // The catalog is warm and knows the writer's tenant, not the starter's; the tenant function has never started.
  await writer.all('/v1/services');
  await delay('dynamodb', 'TransactWriteItems');
  const writing = writer.ask('POST', '/v1/services', { body, headers });
  await delay('sts', 'AssumeRole');
  const starting = starter.ask('POST', '/v1/services', { body });
  await wait(2000);
  await delay('kms', 'GetPublicKey');
  const visiting = visitor.ask('GET', '/v1/me');
  const begun = Date.now();
  expect(refusalOf('createService', await writing)).toBe('deadline-exceeded');
  expect(refusalOf('createService', await starting)).toBe('deadline-exceeded');
  expect(refusalOf('readMe', await visiting)).toBe('deadline-exceeded');

  expect((await writer.ask('POST', '/v1/services', { body, headers })).status).toBe(201);
  expect((await visitor.ask('GET', '/v1/me')).status).toBe(200);
  await wait(Math.max(0, begun + longMs + 500 - Date.now()));
  expect(await writer.all('/v1/services')).toHaveLength(1);
  expect(await writer.audited('service.created')).toHaveLength(1);
  // What had not begun when the answer was given never does.
  expect(await starter.all('/v1/services')).toEqual([]);
  // Answered by the function itself, which lives on, and not by whoever ends a function that takes too long.
  const { entries } = await twin.control.logs();
  expect(entries.filter(({ message }) => message.includes('timed out'))).toEqual([]);
});

it('an authorizer that does not come to an end: unavailable, and the next request is served', async () => {
  const caller = callerOf(twin, (await twin.tenant()).token);
  await delay('dynamodb', 'BatchGetItem');
  expect(refusalOf('readMe', await caller.ask('GET', '/v1/me'))).toBe('unavailable');
  expect((await caller.ask('GET', '/v1/me')).status).toBe(200);
});

it('a bulk change that takes too long: deadline-exceeded, what was done is done, and the same key does the rest', async () => {
  const caller = callerOf(twin, (await twin.tenant()).token);
  const count = 40;
  const items = Array.from({ length: count }, (_, n) => ({ name: `S ${n}`, aliases: [`s-${n}`] }));
  const send = () =>
    caller.ask('POST', '/v1/bulk/services', { body: { items }, headers: [['Idempotency-Key', 'slow']] });
  const onCommit = { service: 'dynamodb', operation: 'TransactWriteItems' } as const;
  await twin.control.fault({ ...onCommit, kind: 'delay', times: count, ms: 700 });
  expect(refusalOf('upsertServices', await send())).toBe('deadline-exceeded');
  await twin.control.clearFaults();
  const done = (await caller.all('/v1/services')).length;
  expect(done).toBeGreaterThan(1);
  expect(done).toBeLessThan(count);
  const { status, json } = await send();
  expect(status).toBe(200);
  const { items: outcomes } = json as { items: readonly { outcome: string }[] };
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array(count).fill('created'));
  expect(await caller.all('/v1/services')).toHaveLength(count);
  expect(await caller.audited('service.upserted')).toHaveLength(count);
});
