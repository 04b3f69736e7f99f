import { callerOf } from '../../harness/caller.ts';
import { creations } from '../../harness/post-bodies.ts';
import { refusalOf } from '../../harness/refusal-of.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

let twin: TestTwin;
beforeAll(async () => {
  twin = await workerTwin();
});
afterEach(() => twin.control.clearFaults());

const conflicts = (times: number) =>
  twin.control.fault({ service: 'dynamodb', operation: 'TransactWriteItems', kind: 'conflict', times });

describe.each(creations)('$method $path that meets another transaction on its items', (creation) => {
  const { operation, path, body, audit = '' } = creation;

  it('tries again, with one effect and one audit event', async () => {
    const owner = callerOf(twin, (await twin.tenant()).token);
    await conflicts(3);
    const reply = await owner.ask('POST', path, { body: body(0) });
    expect(reply.status).toBe(201);
    expect(await owner.auditOf((reply.json as { id: string }).id)).toHaveLength(1);
  });

  it('gives up as unavailable when it goes on, with no effect', async () => {
    const owner = callerOf(twin, (await twin.tenant()).token);
    const before = { all: await owner.all(path), audited: await owner.audited(audit) };
    await conflicts(1000);
    const reply = await owner.ask('POST', path, { body: body(0), headers: [['Idempotency-Key', 'again']] });
    expect(refusalOf(operation, reply)).toBe('unavailable');
    await twin.control.clearFaults();
    expect({ all: await owner.all(path), audited: await owner.audited(audit) }).toEqual(before);
    expect((await owner.ask('POST', path, { body: body(0), headers: [['Idempotency-Key', 'again']] })).status).toBe(
      201,
    );
  });
});
