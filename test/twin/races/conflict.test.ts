import { type Caller, callerOf } from '../../harness/caller.ts';
import { creations, madeIn, type Opened } from '../../harness/creations.ts';
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
  const { operation, body, audit = '', answers } = creation;
  const headers = [['Idempotency-Key', 'again']] as const;
  let owner: Caller;
  let at: Opened;
  const effects = async () => ({ all: await owner.all(at.list), audited: await owner.audited(audit) });
  beforeEach(async () => {
    const tenant = await twin.tenant();
    owner = callerOf(twin, tenant.token);
    at = await creation.open(twin.addresses.apiUrl, tenant);
  });

  it('tries again, with one effect and one audit event', async () => {
    const before = await effects();
    await conflicts(3);
    const reply = await owner.ask('POST', at.path, { body: body(0) });
    expect([reply.status, madeIn(reply.json)]).toEqual([answers.status, [expect.any(String)]]);
    const after = await effects();
    expect(after.all).toHaveLength(before.all.length + 1);
    expect(after.audited).toHaveLength(before.audited.length + 1);
  });

  it('gives up as unavailable when it goes on, with no effect', async () => {
    const before = await effects();
    await conflicts(1000);
    const reply = await owner.ask('POST', at.path, { body: body(0), headers });
    expect(refusalOf(operation, reply)).toBe('unavailable');
    await twin.control.clearFaults();
    expect(await effects()).toEqual(before);
    const again = await owner.ask('POST', at.path, { body: body(0), headers });
    expect([again.status, madeIn(again.json)]).toEqual([answers.status, [expect.any(String)]]);
  });
});
