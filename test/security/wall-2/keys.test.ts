import { functions, type Table, tables } from '../../../lambdas/functions.ts';
import { everySession, executionActors, tenantActors } from '../../harness/actors.ts';
import { type AwsClients, executionRole, type Intruder, intruderIn, tenantRole } from '../../harness/intruder.ts';
import { type Attempt, expectAll, judge } from '../../harness/judge.ts';
import { getPublicKey, keyIdOf, keyRequests, makeDataKey, sign } from '../../harness/kms-requests.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

let twin: TestTwin;
let intruder: Intruder;
let tenant: string;
let victim: string;
let sessions: readonly AwsClients[];
let administrator: AwsClients;
beforeAll(async () => {
  twin = await workerTwin();
  intruder = intruderIn(twin);
  [tenant, victim] = [(await twin.tenant()).id, (await twin.tenant()).id];
  sessions = await everySession(intruder, tenant);
  administrator = await intruder.administrator();
});
afterAll(() => intruder.close());

const isOf =
  (role: string) =>
  ({ arn }: AwsClients) =>
    arn.includes(`:assumed-role/${role}/`);
const refusedTo = async (callers: readonly AwsClients[], attempts: readonly Attempt[]): Promise<void> => {
  expect(callers.length).toBeGreaterThan(0);
  for (const caller of callers) expectAll(await judge(twin.control, caller, attempts), 'refused');
};

describe.each(Object.keys(tables) as Table[])('the key of the table %s', (table) => {
  it('is used by nobody but through DynamoDB, not by who reads the table and not by an administrator', async () => {
    const keyId = await keyIdOf(administrator, table);
    const context = {
      'aws:dynamodb:tableName': `ringfence-local-${table}`,
      'aws:dynamodb:subscriberId': '000000000000',
    };
    for (const given of [context, { tenant, purpose: 'seal' }, {}])
      await refusedTo([...sessions, administrator], keyRequests(table, keyId, given));
  });
});

describe('the sealing key', () => {
  const makers = tenantActors.filter(({ touches }) =>
    [touches['data-keys'] ?? []].flat().some((access) => access === 'add' || access === 'change'),
  );
  const openers = tenantActors.filter(({ touches }) =>
    [touches['data-keys'] ?? []].flat().some((access) => access === 'read' || access === 'change'),
  );
  const isTheirs = (clients: AwsClients): boolean =>
    [...makers, ...openers].some(({ name }) => isOf(tenantRole(name))(clients));

  it('makes a data key of the session’s own tenant, for those that declare it', async () => {
    expect(makers.length).toBeGreaterThan(0);
    for (const { name } of makers) {
      const session = await intruder.asTenant(name, tenant);
      expectAll(await judge(twin.control, session, [makeDataKey('sealing', { tenant, purpose: 'seal' })]), 'done');
    }
  });

  it('makes none under another tenant’s context, nor with a key missing, added or misspelt', async () => {
    const contexts = [
      { tenant: victim, purpose: 'seal' },
      undefined,
      {},
      { tenant },
      { purpose: 'seal' },
      { tenant, purpose: 'seal', more: 'x' },
      { Tenant: tenant, purpose: 'seal' },
      { tenant, Purpose: 'seal' },
      { tenant, Tenant: victim, purpose: 'seal' },
      { tenant: tenant.toLowerCase(), purpose: 'seal' },
      { tenant: '*', purpose: 'seal' },
      { tenant: 'ten_????????????', purpose: 'seal' },
      { tenant: '', purpose: 'seal' },
    ];
    for (const { name } of makers) {
      const session = await intruder.asTenant(name, tenant);
      const attempts = contexts.map((context) => makeDataKey('sealing', context));
      expectAll(await judge(twin.control, session, attempts), 'refused');
    }
  });

  it('shows no data key in the clear to who makes it, and opens none for who only makes them', async () => {
    const keyId = await keyIdOf(administrator, 'sealing');
    const only = makers.filter((maker) => !openers.includes(maker));
    for (const { name } of only) {
      const session = await intruder.asTenant(name, tenant);
      const attempts = keyRequests('sealing', keyId, { tenant, purpose: 'seal' });
      expectAll(
        await judge(
          twin.control,
          session,
          attempts.filter(({ name: title }) => !title.includes('WithoutPlaintext')),
        ),
        'refused',
      );
    }
  });

  it('is of no use to anybody else, whatever context they name', async () => {
    const keyId = await keyIdOf(administrator, 'sealing');
    const others = [...sessions.filter((session) => !isTheirs(session)), administrator];
    for (const context of [{ tenant, purpose: 'seal' }, { tenant: victim, purpose: 'seal' }, {}])
      await refusedTo(others, keyRequests('sealing', keyId, context));
  });
});

describe('the signing key', () => {
  const verifiers = functions.filter(
    ({ entrance }) => entrance.by === 'routes' && entrance.routes.some(({ permission }) => permission !== 'public'),
  );
  const signer = executionRole('authorizer');

  it('signs for the authorizer', async () => {
    const session = await intruder.inFunction('authorizer');
    expectAll(await judge(twin.control, session, [sign('signing')]), 'done');
  });

  it('signs for nobody else, no tenant’s session and no administrator', async () => {
    await refusedTo([...sessions.filter((session) => !isOf(signer)(session)), administrator], [sign('signing')]);
  });

  it('does nothing else, not even for the authorizer', async () => {
    const keyId = await keyIdOf(administrator, 'signing');
    const session = await intruder.inFunction('authorizer');
    const others = keyRequests('signing', keyId, {}).filter(({ name }) => !name.startsWith('Sign '));
    const algorithm = sign('signing', { SigningAlgorithm: 'RSASSA_PSS_SHA_256' });
    expectAll(await judge(twin.control, session, [...others, algorithm]), 'refused');
  });

  it('shows its public half to functions that verify and to nobody else', async () => {
    const isVerifier = (clients: AwsClients) => verifiers.some(({ name }) => isOf(executionRole(name))(clients));
    for (const session of sessions.filter(isVerifier))
      expectAll(await judge(twin.control, session, [getPublicKey('signing')]), 'done');
    await refusedTo([...sessions.filter((session) => !isVerifier(session)), administrator], [getPublicKey('signing')]);
  });
});

it('the key of the logs is of no use to a function or an administrator', async () => {
  const keyId = await keyIdOf(administrator, 'logs');
  const group = 'arn:aws:logs:us-east-1:000000000000:log-group:/ringfence/local/catalog';
  await refusedTo([...sessions, administrator], keyRequests('logs', keyId, { 'aws:logs:arn': group }));
});

it('every role of a function is among those that were tried', () => {
  expect(sessions).toHaveLength(executionActors.length + tenantActors.length);
});
