import { placeOf } from '../harness/collection-place.ts';
import type { Session } from '../harness/control.ts';
import { executionRole, roleArn, tenantRole } from '../harness/intruder.ts';
import { keyAt, physical } from '../harness/item-request.ts';
import { alias } from '../harness/kms-requests.ts';
import { stockedTenant } from '../harness/stocked-tenant.ts';
import type { FreshTenant } from '../harness/tenant.ts';
import { type TestTwin, workerTwin } from '../harness/twin.ts';
import { type AwsCli, assumeRole, awsCli, sessionIn } from './aws-cli.ts';
import { itWith } from './programs.ts';

let twin: TestTwin;
let own: FreshTenant;
let victim: FreshTenant;
beforeAll(async () => {
  twin = await workerTwin();
  [own, victim] = [await stockedTenant(twin), await stockedTenant(twin)];
});

const cliOf = (session: Session): AwsCli => awsCli(twin.addresses, session);
const inFunction = async (name: string): Promise<AwsCli> => cliOf(await twin.control.session(executionRole(name)));
const asTenant = async (name: string, tenant: string): Promise<Session> =>
  sessionIn(await assumeRole(await inFunction(name), roleArn(tenantRole(name)), { tenant }));

const records = physical('records');
const partition = (tenant: string): string => placeOf(tenant, 'services').pk;
const query = (tenant: string): readonly string[] => [
  ...['dynamodb', 'query', '--table-name', records, '--key-condition-expression', 'pk = :pk'],
  ...['--expression-attribute-values', JSON.stringify({ ':pk': { S: partition(tenant) } })],
];
const batch = (...tenants: readonly string[]): readonly string[] => {
  const Keys = tenants.map((tenant) => keyAt(placeOf(tenant, 'services', 'x')));
  return ['dynamodb', 'batch-get-item', '--request-items', JSON.stringify({ [records]: { Keys } })];
};
const put = (tenant: string): readonly string[] => [
  ...['dynamodb', 'put-item', '--table-name', records],
  ...['--item', JSON.stringify(keyAt(placeOf(tenant, 'services', 'planted')))],
];

itWith('aws')('a function takes its own tenant role with exactly the tag tenant, and no other role', async () => {
  const catalog = await inFunction('catalog');
  const role = roleArn(tenantRole('catalog'));
  const taken = await assumeRole(catalog, role, { tenant: own.id });
  expect(await cliOf(sessionIn(taken))('sts', 'get-caller-identity')).toMatchObject({
    output: { Arn: `arn:aws:sts::000000000000:assumed-role/${tenantRole('catalog')}/cli` },
  });
  for (const tags of [{}, { tenant: own.id, more: 'x' }, { Other: own.id }])
    expect(await assumeRole(catalog, role, tags)).toMatchObject({ error: 'AccessDenied' });
  const another = await assumeRole(catalog, roleArn(tenantRole('tokens')), { tenant: own.id });
  expect(another).toMatchObject({ error: 'AccessDenied' });
});

itWith('aws')('a tenant session reads and writes its own items', async () => {
  const cli = cliOf(await asTenant('catalog', own.id));
  expect(await cli(...query(own.id))).toMatchObject({
    output: { Items: expect.arrayContaining([expect.objectContaining({ id: { S: expect.stringMatching(/^svc_/) } })]) },
  });
  expect(await cli(...batch(own.id))).toMatchObject({ error: undefined });
  expect(await cli(...put(own.id))).toMatchObject({ error: undefined });
});

itWith('aws')('a tenant session reaches no item of another tenant, however it asks', async () => {
  const cli = cliOf(await asTenant('catalog', own.id));
  const attempts = [query(victim.id), batch(victim.id), batch(own.id, victim.id), put(victim.id)];
  const everything = ['dynamodb', 'scan', '--table-name', records];
  const statement = `SELECT * FROM "${records}" WHERE pk = '${partition(victim.id)}'`;
  for (const attempt of [...attempts, everything, ['dynamodb', 'execute-statement', '--statement', statement]])
    expect(await cli(...attempt)).toMatchObject({ error: 'AccessDeniedException' });
  const theirs = await cliOf(await asTenant('catalog', victim.id))(...query(victim.id));
  expect(JSON.stringify(theirs)).toContain('"svc_');
  expect(JSON.stringify(theirs)).not.toContain('planted');
});

itWith('aws')('a function without a tenant session has no items at all', async () => {
  const cli = await inFunction('catalog');
  for (const tenant of [own.id, victim.id])
    expect(await cli(...query(tenant))).toMatchObject({ error: 'AccessDeniedException' });
});

itWith('aws')('a data key is made under the context of the session’s tenant and no other', async () => {
  const cli = cliOf(await asTenant('operators', own.id));
  const make = (context: Readonly<Record<string, string>>) => {
    const given = Object.entries(context).map(([name, value]) => `${name}=${value}`);
    const contextArgs = given.length > 0 ? ['--encryption-context', given.join(',')] : [];
    const operation = ['kms', 'generate-data-key-without-plaintext', '--key-spec', 'AES_256'];
    return cli(...operation, '--key-id', alias('sealing'), ...contextArgs);
  };
  const made = await make({ tenant: own.id, purpose: 'seal' });
  expect(made.output).toMatchObject({ CiphertextBlob: expect.any(String) });
  for (const context of [{ tenant: victim.id, purpose: 'seal' }, { tenant: own.id }, {}])
    expect(await make(context)).toMatchObject({ error: 'AccessDeniedException' });
});

itWith('aws')('a wrong secret, an unknown key and an altered session are not believed', async () => {
  const session = await asTenant('catalog', own.id);
  const wrong = cliOf({ ...session, secretAccessKey: `${session.secretAccessKey}x` });
  expect(await wrong(...query(own.id))).toMatchObject({ error: 'InvalidSignatureException' });
  expect(await wrong('sts', 'get-caller-identity')).toMatchObject({ error: 'SignatureDoesNotMatch' });
  for (const altered of [{ accessKeyId: 'ASIAUNKNOWNUNKNOWN00' }, { sessionToken: `${session.sessionToken}x` }])
    expect(await cliOf({ ...session, ...altered })(...query(own.id))).toMatchObject({
      error: 'UnrecognizedClientException',
    });
});
