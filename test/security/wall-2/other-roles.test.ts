import { AssumeRoleCommand, type AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import { everySession, executionActors, tenantActors } from '../../harness/actors.ts';
import {
  type AwsClients,
  executionRole,
  type Intruder,
  intruderIn,
  roleArn,
  tenantRole,
} from '../../harness/intruder.ts';
import { type Attempt, expectAll, judge } from '../../harness/judge.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

const everyRole = [
  ...executionActors.map(({ name }) => executionRole(name)),
  ...tenantActors.map(({ name }) => tenantRole(name)),
];

const assume = (role: string, more: Partial<AssumeRoleCommandInput>): Attempt => ({
  name: `AssumeRole ${role} with ${JSON.stringify(more)}`,
  send: ({ sts }) => sts.send(new AssumeRoleCommand({ RoleArn: roleArn(role), RoleSessionName: 'intruder', ...more })),
});
const tagged = (...pairs: readonly (readonly [string, string])[]): Partial<AssumeRoleCommandInput> => ({
  Tags: pairs.map(([Key, Value]) => ({ Key, Value })),
});

let twin: TestTwin;
let intruder: Intruder;
let tenant: string;
let victim: string;
let sessions: readonly AwsClients[];
beforeAll(async () => {
  twin = await workerTwin();
  intruder = intruderIn(twin);
  [tenant, victim] = [(await twin.tenant()).id, (await twin.tenant()).id];
  sessions = await everySession(intruder, tenant);
});
afterAll(() => intruder.close());

describe.each(tenantActors)('the tenant role of $name', ({ name }) => {
  const role = tenantRole(name);
  const isOwnFunction = ({ arn }: AwsClients) => arn.includes(`:assumed-role/${executionRole(name)}/`);

  it('gives its own function a session for one tenant', async () => {
    const own = await intruder.inFunction(name);
    expectAll(await judge(twin.control, own, [assume(role, tagged(['tenant', tenant]))]), 'done');
  });

  it('gives nobody else a session, with whatever tag', async () => {
    const others = [...sessions.filter((session) => !isOwnFunction(session)), await intruder.administrator()];
    const attempts = [
      assume(role, tagged(['tenant', tenant])),
      assume(role, tagged(['tenant', victim])),
      assume(role, {}),
    ];
    for (const other of others) expectAll(await judge(twin.control, other, attempts), 'refused');
  });

  it.each<[string, Partial<AssumeRoleCommandInput>]>([
    ['no tag', {}],
    ['an empty tenant', tagged(['tenant', ''])],
    ['a pattern for a tenant', tagged(['tenant', '*'])],
    ['a pattern as long as a tenant id', tagged(['tenant', 'ten_????????????'])],
    ['a word that is no tenant id', tagged(['tenant', 'platform'])],
    ['a tenant id too short', tagged(['tenant', 'ten_short'])],
    ['a tenant id with more behind it', tagged(['tenant', 'ten_000000000000#x'])],
    ['another key', tagged(['team', 'ten_000000000000'])],
    ['the key in another case', tagged(['Tenant', 'ten_000000000000'])],
    ['a second tag', tagged(['tenant', 'ten_000000000000'], ['role', 'owner'])],
    ['a second tag before it', tagged(['role', 'owner'], ['tenant', 'ten_000000000000'])],
  ])('gives its own function no session with %s', async (_, input) => {
    const own = await intruder.inFunction(name);
    const { outcome } = (await judge(twin.control, own, [assume(role, input)]))[0] ?? {};
    // STS itself refuses characters that a tag cannot have, before it asks who may.
    const isTag = (input.Tags ?? []).every(({ Value = '' }) => /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(Value));
    expect(outcome).toBe(isTag ? 'refused' : 'ValidationError');
  });

  it('ends there: its session takes no other, its own role with another tenant included', async () => {
    const session = await intruder.asTenant(name, tenant);
    const attempts = everyRole.flatMap((each) => [
      assume(each, {}),
      assume(each, tagged(['tenant', victim])),
      assume(each, { ...tagged(['tenant', victim]), TransitiveTagKeys: ['tenant'] }),
    ]);
    expectAll(await judge(twin.control, session, attempts), 'refused');
  });

  it('ends there for a session whose tag would be handed on', async () => {
    const { sts } = await intruder.inFunction(name);
    const { Credentials: issued } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn(role),
        RoleSessionName: 'handed-on',
        ...tagged(['tenant', tenant]),
        TransitiveTagKeys: ['tenant'],
      }),
    );
    const session = await intruder.holding(issued);
    expectAll(
      await judge(
        twin.control,
        session,
        everyRole.map((each) => assume(each, {})),
      ),
      'refused',
    );
  });
});

it('a function takes no role but its own tenant role', async () => {
  for (const { name } of executionActors) {
    const others = everyRole.filter((role) => role !== tenantRole(name));
    const attempts = others.flatMap((role) => [assume(role, {}), assume(role, tagged(['tenant', tenant]))]);
    expectAll(await judge(twin.control, await intruder.inFunction(name), attempts), 'refused');
  }
});

it('the template has no role that was not tried', () => {
  expect(sessions).toHaveLength(everyRole.length);
});
