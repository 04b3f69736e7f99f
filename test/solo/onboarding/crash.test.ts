import { callerOf } from '../../harness/caller.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';
import { attempt, creationOf, expectSound, newSlug, statusOf } from './operators.ts';

let twin: SoloTwin;
let callsOf: ReadonlyMap<string, number>;
beforeAll(async () => {
  twin = await soloTwin();
  await attempt(twin, creationOf(newSlug()));
  const next = await twin.control.callsSoFar();
  const made = await attempt(twin, creationOf(newSlug()));
  const calls = (await twin.control.calls(next)).entries;
  await expectSound(twin, made);
  callsOf = new Map(
    ['dynamodb', 'kms', 'sts'].map((service) => [service, calls.filter((call) => call.service === service).length]),
  );
});
afterEach(() => twin.control.clearFaults());
afterAll(() => twin.end());

/** Every call of a service from the nth on. A delay of nothing spends itself on a call and does no harm. */
const strikeFrom = async (service: string, nth: number, kind: 'fail' | 'lose-response', times: number) => {
  if (nth > 1) await twin.control.fault({ service, kind: 'delay', ms: 0, times: nth - 1 });
  await twin.control.fault({ service, kind, times });
};

describe.each(['dynamodb', 'kms', 'sts'])('a creation whose calls to %s', (service) => {
  it.each([
    ['fail from the nth on: a crash before it', 'fail', 1000],
    ['are done from the nth on and never answered: a crash after it', 'lose-response', 1000],
    ['lose the nth answer, once', 'lose-response', 1],
  ] as const)('%s; repeated it is the same tenant, each thing once, one token', async (_, kind, times) => {
    const count = callsOf.get(service) ?? 0;
    expect(count).toBeGreaterThan(0);
    for (let nth = 1; nth <= count; nth += 1) {
      const slug = newSlug();
      await strikeFrom(service, nth, kind, times);
      const first = await attempt(twin, creationOf(slug));
      await twin.control.clearFaults();
      if (times === 1) expect(first.status).toBe(200);
      else expect([503, 504]).toContain(first.status);
      const known = first.registration ?? (await attempt(twin, { command: 'show', slug })).registration;

      const second = await attempt(twin, creationOf(slug));
      expect(second.status).toBe(200);
      if (known) expect(second.registration).toMatchObject({ tenant: known.tenant, owner: known.owner });
      await expectSound(twin, second);
      if (first.token) expect(await statusOf(twin, first.token)).toBe(401);
    }
  });

  it('is interrupted again and again, at each call anew, and ends as if nothing had happened', async () => {
    const slug = newSlug();
    for (let nth = 1; nth <= (callsOf.get(service) ?? 0) + 3; nth += 1) {
      await strikeFrom(service, nth, nth % 2 ? 'fail' : 'lose-response', 1000);
      await attempt(twin, creationOf(slug));
      await twin.control.clearFaults();
    }
    await expectSound(twin, await attempt(twin, creationOf(slug)));
  });
});

it.each([
  ['fail', 503],
  ['lose-response', 503],
] as const)('a hand-over whose call to the table is struck by %s can be repeated', async (kind, status) => {
  const slug = newSlug();
  const made = await attempt(twin, creationOf(slug));
  const confirm = { command: 'confirm', slug, token: made.registration?.firstToken };
  await strikeFrom('dynamodb', 2, kind, 1000);
  expect((await attempt(twin, confirm)).status).toBe(status);
  await twin.control.clearFaults();
  expect((await attempt(twin, confirm)).registration).toMatchObject({ step: 'handed-over' });
  expect((await attempt(twin, confirm)).status).toBe(200);
  const repeated = await attempt(twin, creationOf(slug));
  expect([repeated.status, repeated.token]).toEqual([200, undefined]);
  await expectSound(twin, made);
});

it.each(['suspend', 'resume'])(
  '%s, crashed at any call and repeated, is told once in the audit trail',
  async (command) => {
    for (let nth = 1; nth <= 5; nth += 1) {
      const slug = newSlug();
      const made = await attempt(twin, creationOf(slug));
      const opposite = { command: 'suspend', slug, reason: 'First' };
      if (command === 'resume') await attempt(twin, opposite);
      await strikeFrom('dynamodb', nth, nth % 2 ? 'lose-response' : 'fail', 1000);
      await attempt(twin, { command, slug, reason: 'Struck' });
      await twin.control.clearFaults();
      const state = command === 'suspend' ? 'suspended' : 'active';
      for (let times = 0; times < 2; times += 1)
        expect((await attempt(twin, { command, slug, reason: 'Struck' })).registration?.state).toBe(state);
      if (command === 'suspend') await attempt(twin, { command: 'resume', slug, reason: 'To read the audit trail' });
      await twin.control.forgetAuthorizations();
      const events = await callerOf(twin, made.token ?? '').audited(
        `tenant.${command === 'suspend' ? 'suspended' : 'resumed'}`,
      );
      expect(events.map(({ details }) => details)).toEqual([{ reason: 'Struck' }]);
    }
  },
);
