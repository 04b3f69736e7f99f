import { atOnce, type Caller, callerOf } from '../../harness/caller.ts';
import { creations } from '../../harness/post-bodies.ts';
import { refusalOf } from '../../harness/refusal-of.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

const uses = 50;
let twin: TestTwin;
let owner: Caller;
beforeAll(async () => {
  twin = await workerTwin();
});
beforeEach(async () => {
  owner = callerOf(twin, (await twin.tenant()).token);
});

const isReplayed = ({ headers }: { headers: Readonly<Record<string, unknown>> }) =>
  headers['idempotency-replayed'] === 'true';

describe.each(creations)('$method $path', ({ operation, path, body, audit = '', answers: { shownOnce = [] } }) => {
  const headers = [['Idempotency-Key', 'one-and-the-same']] as const;
  const withoutSecrets = (json: unknown): unknown =>
    Object.fromEntries(Object.entries(json as object).filter(([name]) => !shownOnce.includes(name)));

  it('50 uses of one key with one body have one effect, one audit event and one answer', async () => {
    const issued = (await owner.audited(audit)).length;
    const replies = await atOnce(uses, () => owner.ask('POST', path, { body: body(0), headers }));
    expect(replies.map(({ status }) => status)).toEqual(Array(uses).fill(201));
    const [first] = replies.filter((reply) => !isReplayed(reply));
    const others = replies.filter(isReplayed);
    expect(others).toHaveLength(uses - 1);
    for (const other of others) {
      expect(other.json).toEqual(withoutSecrets(first?.json));
      expect(other.headers.etag).toBe(first?.headers.etag);
      expect(other.headers.location).toBe(first?.headers.location);
    }
    const { id = '' } = (first?.json ?? {}) as { id?: string };
    expect((await owner.auditOf(id)).map(({ action }) => action)).toEqual([audit]);
    expect(await owner.audited(audit)).toHaveLength(issued + 1);
  });

  it('50 uses of one key with different bodies: one is made, the others are told that the key is used', async () => {
    const issued = (await owner.audited(audit)).length;
    const replies = await atOnce(uses, (n) => owner.ask('POST', path, { body: body(n), headers }));
    const refused = replies.filter(({ status }) => status !== 201);
    expect(refused.map((reply) => refusalOf(operation, reply))).toEqual(Array(uses - 1).fill('idempotency-key-reused'));
    expect(await owner.audited(audit)).toHaveLength(issued + 1);
  });

  it('a key used with a body that was refused is still free', async () => {
    const refused = await owner.ask('POST', path, { body: { name: '' }, headers });
    expect(refusalOf(operation, refused)).toBe('invalid-request');
    expect((await owner.ask('POST', path, { body: body(0), headers })).status).toBe(201);
  });

  it('two tenants may use the same key', async () => {
    const other = callerOf(twin, (await twin.tenant()).token);
    const replies = await Promise.all([owner, other].map((each) => each.ask('POST', path, { body: body(0), headers })));
    expect(replies.map(({ status }) => status)).toEqual([201, 201]);
    expect(replies.filter(isReplayed)).toEqual([]);
  });
});
