import { atOnce, type Caller, callerOf } from '../../harness/caller.ts';
import { creations, madeIn, type Opened } from '../../harness/creations.ts';
import { refusalOf } from '../../harness/refusal-of.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

const uses = 50;
let twin: TestTwin;
beforeAll(async () => {
  twin = await workerTwin();
});

const isReplayed = ({ headers }: { headers: Readonly<Record<string, unknown>> }) =>
  headers['idempotency-replayed'] === 'true';

describe.each(creations)('$method $path', ({ operation, body, audit = '', answers, open }) => {
  const { shownOnce = [], status: done } = answers;
  const headers = [['Idempotency-Key', 'one-and-the-same']] as const;
  let owner: Caller;
  let at: Opened;
  const withoutSecrets = (json: unknown): unknown =>
    Object.fromEntries(Object.entries(json as object).filter(([name]) => !shownOnce.includes(name)));
  const opened = async () => {
    const tenant = await twin.tenant();
    return { caller: callerOf(twin, tenant.token), at: await open(twin.addresses.apiUrl, tenant) };
  };
  /** What there is, and what the trail tells of it. */
  const effects = async () => ({
    made: (await owner.all<{ id: string }>(at.list)).map(({ id }) => id).sort(),
    events: (await owner.audited(audit)).length,
  });
  beforeEach(async () => {
    ({ caller: owner, at } = await opened());
  });

  it('50 uses of one key with one body have one effect, one audit event and one answer', async () => {
    const before = await effects();
    const replies = await atOnce(uses, () => owner.ask('POST', at.path, { body: body(0), headers }));
    expect(replies.map(({ status }) => status)).toEqual(Array(uses).fill(done));
    const [first] = replies.filter((reply) => !isReplayed(reply));
    const others = replies.filter(isReplayed);
    expect(others).toHaveLength(uses - 1);
    for (const other of others) {
      expect(other.json).toEqual(withoutSecrets(first?.json));
      expect(other.headers.etag).toBe(first?.headers.etag);
      expect(other.headers.location).toBe(first?.headers.location);
    }
    const made = madeIn(first?.json);
    expect(made).toHaveLength(1);
    expect(await effects()).toEqual({ made: [...before.made, ...made].sort(), events: before.events + 1 });
  });

  it('50 uses of one key with different bodies: one is made, the others are told that the key is used', async () => {
    const before = await effects();
    const replies = await atOnce(uses, (n) => owner.ask('POST', at.path, { body: body(n), headers }));
    const refused = replies.filter(({ status }) => status !== done);
    expect(refused.map((reply) => refusalOf(operation, reply))).toEqual(Array(uses - 1).fill('idempotency-key-reused'));
    const made = replies.filter(({ status }) => status === done).flatMap(({ json }) => madeIn(json));
    expect(await effects()).toEqual({ made: [...before.made, ...made].sort(), events: before.events + 1 });
  });

  it('a key used with a body that was refused is still free', async () => {
    const refused = await owner.ask('POST', at.path, { body: { unknown: '' }, headers });
    expect(refusalOf(operation, refused)).toBe('invalid-request');
    expect((await owner.ask('POST', at.path, { body: body(0), headers })).status).toBe(done);
  });

  it('two tenants may use the same key', async () => {
    const other = await opened();
    const replies = await Promise.all([
      owner.ask('POST', at.path, { body: body(0), headers }),
      other.caller.ask('POST', other.at.path, { body: body(0), headers }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([done, done]);
    expect(replies.filter(isReplayed)).toEqual([]);
  });
});
