import { randomUUID } from 'node:crypto';
import { type Caller, callerOf } from '../../harness/caller.ts';
import { creations, madeIn, type Opened } from '../../harness/creations.ts';
import type { Reply } from '../../harness/http.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

describe.each(creations.map((creation) => [creation.path, creation] as const))(
  'POST %s with an Idempotency-Key',
  (_path, creation) => {
    const { body, answers, audit = '', open } = creation;
    let twin: TestTwin;
    let tenant: FreshTenant;
    let caller: Caller;
    let at: Opened;

    beforeAll(async () => {
      twin = await workerTwin();
      tenant = await twin.tenant();
      caller = callerOf(twin, tenant.token);
    });
    beforeEach(async () => {
      at = await open(twin.addresses.apiUrl, tenant);
    });

    const post = (key: string, sent: object, by = caller, path = at.path): Promise<Reply> =>
      by.ask('POST', path, { body: sent, headers: [['Idempotency-Key', key]] });
    const without = (json: unknown, names: readonly string[] = []): object =>
      Object.fromEntries(Object.entries(json as object).filter(([name]) => !names.includes(name)));

    it('has one effect and one answer, however often it is sent; what is shown once is shown once', async () => {
      const key = randomUUID();
      const before = (await caller.audited(audit)).length;
      const first = await post(key, body(1));
      expect([first.status, first.headers['idempotency-replayed']]).toEqual([answers.status, undefined]);
      for (const again of [await post(key, body(1)), await post(key, body(1))]) {
        expect([again.status, again.headers['idempotency-replayed']]).toEqual([first.status, 'true']);
        expect(again.json).toEqual(without(first.json, answers.shownOnce));
        expect([again.headers.etag, again.headers.location]).toEqual([first.headers.etag, first.headers.location]);
      }
      expect(await caller.audited(audit)).toHaveLength(before + 1);
    });

    it('does not stand for another request', async () => {
      const key = randomUUID();
      expect((await post(key, body(2))).status).toBe(answers.status);
      const before = (await caller.audited(audit)).length;
      const other = await post(key, body(3));
      expect([other.status, other.json]).toEqual([422, expect.objectContaining({ code: 'idempotency-key-reused' })]);
      expect(await caller.audited(audit)).toHaveLength(before);
    });

    it('is the tenant’s own: another may use the same', async () => {
      const key = randomUUID();
      const other = await twin.tenant();
      const their = await open(twin.addresses.apiUrl, other);
      const mine = await post(key, body(4));
      const theirs = await post(key, body(4), callerOf(twin, other.token), their.path);
      const { status } = answers;
      expect([mine.status, theirs.status, theirs.headers['idempotency-replayed']]).toEqual([status, status, undefined]);
      expect(madeIn(theirs.json)).toEqual([expect.any(String)]);
      expect(madeIn(theirs.json)).not.toEqual(madeIn(mine.json));
    });

    it('that was refused may be sent again when the fault is mended', async () => {
      const key = randomUUID();
      expect((await post(key, { ...body(5), unknown: 1 })).status).toBe(400);
      expect((await post(key, body(5))).status).toBe(answers.status);
    });
  },
);
