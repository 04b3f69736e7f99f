/**
 * What is real: the app's own constructs, the policies they derive from `touches`, the data keys that onboarding made, the
 * table, its key and the sealing key. What is the probe: a function that reads data keys, which no deployed one does yet.
 */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, ReEncryptCommand } from '@aws-sdk/client-kms';
import { everySession } from '../../harness/actors.ts';
import { placeOf } from '../../harness/collection-place.ts';
import { type AwsClients, type Intruder, intruderIn } from '../../harness/intruder.ts';
import { keyAt, tableAt } from '../../harness/item-request.ts';
import { type Attempt, expectAll, judge } from '../../harness/judge.ts';
import { alias, type Context } from '../../harness/kms-requests.ts';
import { changedResources, probeAssembly } from '../../harness/probe-assembly.ts';
import { runTwin } from '../../harness/run-twin.ts';
import { type TestTwin, testTwin } from '../../harness/twin.ts';

let assembly: string;
let twin: TestTwin;
let intruder: Intruder;
let tenant: string;
let victim: string;
let session: AwsClients;
let own: Uint8Array;
let foreign: Uint8Array;

/** The wrapped data key as it lies in the table, read by a session of its tenant. */
const wrappedOf = async (whose: string): Promise<Uint8Array> => {
  const { dynamoDb } = await intruder.asTenant('probe', whose);
  const place = placeOf(whose, 'data-keys', 'v1');
  const { Item } = await dynamoDb.send(new GetItemCommand({ ...tableAt(place), Key: keyAt(place) }));
  return Buffer.from(Item?.wrapped?.S ?? '', 'base64');
};

beforeAll(async () => {
  assembly = probeAssembly('data-keys', { touches: { 'data-keys': 'read' } });
  twin = testTwin(await runTwin('data-keys', { assembly }));
  intruder = intruderIn(twin);
  [tenant, victim] = [(await twin.tenant()).id, (await twin.tenant()).id];
  session = await intruder.asTenant('probe', tenant);
  [own, foreign] = [await wrappedOf(tenant), await wrappedOf(victim)];
});
afterAll(() => {
  intruder.close();
  process.kill(twin.addresses.pid, 'SIGTERM');
});

const seal = (whose: string): Context => ({ tenant: whose, purpose: 'seal' });
const unwrap = (wrapped: Uint8Array, context?: Context, key = 'sealing'): Attempt => ({
  name: `Decrypt by ${key} under ${JSON.stringify(context)}`,
  send: ({ kms }) =>
    kms.send(
      new DecryptCommand({
        KeyId: alias(key),
        CiphertextBlob: wrapped,
        ...(context && { EncryptionContext: { ...context } }),
      }),
    ),
});

it('the probe brings a role of its own and its name in two key policies and the trail’s selectors: all else is the app as it is deployed', () => {
  expect(changedResources(assembly, 'foundation').toSorted()).toEqual(['ControlKey', 'SealingKey', 'Trail']);
  expect(changedResources(assembly, 'api').filter((id) => !id.startsWith('Probe'))).toEqual([]);
});

it('a data key unwraps for its own tenant, under its own context: 32 bytes', async () => {
  const { Plaintext } = await session.kms.send(
    new DecryptCommand({ CiphertextBlob: own, EncryptionContext: { ...seal(tenant) } }),
  );
  expect(Plaintext).toHaveLength(32);
});

it('no tenant’s key is like another’s', () => {
  expect(own.length).toBeGreaterThan(32);
  expect(Buffer.from(own).equals(foreign)).toBe(false);
});

it('the policies refuse another tenant’s context, none, and one with a key missing, added or misspelt', async () => {
  const contexts = [
    seal(victim),
    undefined,
    {},
    { tenant },
    { purpose: 'seal' },
    { tenant, purpose: '' },
    { ...seal(tenant), more: 'x' },
    { Tenant: tenant, purpose: 'seal' },
    { ...seal(tenant), Tenant: victim },
    seal(tenant.toLowerCase()),
    seal('*'),
  ];
  for (const wrapped of [own, foreign])
    expectAll(
      await judge(
        twin.control,
        session,
        contexts.map((context) => unwrap(wrapped, context)),
      ),
      'refused',
    );
});

/** What the policies cannot see: which tenant a ciphertext is of. KMS can, since the context is authenticated with it. */
describe('where the policies must allow, the ciphertext itself refuses', () => {
  it('another tenant’s data key under the own context', async () => {
    const moved = [unwrap(foreign, seal(tenant)), unwrap(foreign, { ...seal(tenant), purpose: 'other' })];
    expectAll(await judge(twin.control, session, moved), 'InvalidCiphertextException');
  });

  it('the own data key for another purpose', async () => {
    const others = ['other', 'Seal', 'seal '].map((purpose) => unwrap(own, { tenant, purpose }));
    expectAll(await judge(twin.control, session, others), 'InvalidCiphertextException');
  });

  it('the own data key with any byte altered', async () => {
    const altered = [...own.keys()].slice(17).map((place) => {
      const bytes = Buffer.from(own);
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      return unwrap(bytes, seal(tenant));
    });
    expectAll(await judge(twin.control, session, altered), 'InvalidCiphertextException');
  });

  it('a foreign data key that was put in the place of the own one', async () => {
    const place = placeOf(tenant, 'data-keys', 'v1');
    const { dynamoDb } = await intruder.asTenant('operators', tenant);
    const put = (wrapped: Uint8Array) =>
      dynamoDb.send(
        new PutItemCommand({
          ...tableAt(place),
          Item: { ...keyAt(place), wrapped: { S: Buffer.from(wrapped).toString('base64') } },
        }),
      );
    await put(foreign);
    const found = await wrappedOf(tenant);
    expect(Buffer.from(found).equals(foreign)).toBe(true);
    expectAll(await judge(twin.control, session, [unwrap(found, seal(tenant))]), 'InvalidCiphertextException');
    expectAll(await judge(twin.control, session, [unwrap(found, seal(victim))]), 'refused');
    await put(own);
    expectAll(await judge(twin.control, session, [unwrap(await wrappedOf(tenant), seal(tenant))]), 'done');
  });
});

it.each(['control', 'records', 'logs'])('a data key does not unwrap under the key %s', async (key) => {
  expectAll(await judge(twin.control, session, [unwrap(own, seal(tenant), key)]), 'IncorrectKeyException');
});

it('a data key cannot be re-wrapped for another tenant', async () => {
  const rewrap = (wrapped: Uint8Array, from: string, to: string): Attempt => ({
    name: `ReEncrypt from ${from} to ${to}`,
    send: ({ kms }) =>
      kms.send(
        new ReEncryptCommand({
          CiphertextBlob: wrapped,
          DestinationKeyId: alias('sealing'),
          SourceEncryptionContext: { ...seal(from) },
          DestinationEncryptionContext: { ...seal(to) },
        }),
      ),
  });
  const attempts = [rewrap(own, tenant, victim), rewrap(own, tenant, tenant), rewrap(foreign, victim, tenant)];
  expectAll(await judge(twin.control, session, attempts), 'refused');
});

it('a data key opens for no deployed role, for no function in its own name, and for no administrator', async () => {
  // The probe is not among the functions that were there when this was loaded.
  const deployed = await everySession(intruder, tenant);
  for (const other of [...deployed, await intruder.inFunction('probe'), await intruder.administrator()])
    expectAll(await judge(twin.control, other, [unwrap(own, seal(tenant)), unwrap(foreign, seal(victim))]), 'refused');
});
