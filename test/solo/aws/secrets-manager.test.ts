import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms';
import { DescribeSecretCommand, GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { account, allow, delegating, type Local, policy, region, role, roleArn, startLocal } from './local-world.ts';

const arn = `arn:aws:secretsmanager:${region}:${account}:secret:pager-??????`;
const via = { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` };
const read = allow('secretsmanager:GetSecretValue', arn);
const useKey = allow('kms:Decrypt', '*', {
  Condition: { StringEquals: via, StringLike: { 'kms:EncryptionContext:SecretARN': arn } },
});
const roles = [
  role('Reader', [read, useKey]),
  role('WithoutKey', [read]),
  role('WithoutVia', [read, allow('kms:Decrypt', '*', { Condition: { StringEquals: { 'kms:ViaService': 'sns' } } })]),
  role('KeyOnly', [useKey]),
  role('Refused', [read, useKey]),
  role('Writer', [
    allow('secretsmanager:PutSecretValue', arn),
    allow(['kms:GenerateDataKey', 'kms:Decrypt'], '*', { Condition: { StringEquals: via } }),
  ]),
  role('WriterWithoutKey', [allow('secretsmanager:PutSecretValue', arn), useKey]),
];
const refusing = policy({
  Effect: 'Deny',
  Principal: { AWS: roleArn('Refused') },
  Action: 'secretsmanager:GetSecretValue',
  Resource: '*',
});

let folder: string;
let local: Local;
let key: string;
const start = async (): Promise<Local> => {
  const started = await startLocal(roles, folder);
  key = (await started.endpoint.createKey('stack/Key', { KeyPolicy: delegating })).ref;
  const made = started.endpoint.secrets.create({ Name: 'pager', KmsKeyId: key, Description: 'of the pager' });
  started.endpoint.secrets.addPolicy({ SecretId: made.ref, ResourcePolicy: refusing });
  return started;
};
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  local = await start();
});
afterEach(async () => {
  await local.close();
  rmSync(folder, { recursive: true });
});

const SecretId = 'pager';
const get = (as: string, more: object = {}) =>
  local.as(as).secrets.send(new GetSecretValueCommand({ SecretId, ...more }));
const put = (as: string, SecretString: string, more: object = {}) =>
  local.as(as).secrets.send(new PutSecretValueCommand({ SecretId, SecretString, ...more }));
const denied = { name: 'AccessDeniedException' };

it('has no value before one is put, and says so as AWS does', async () => {
  await expect(get('Reader')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await put('Writer', 'first');
  expect((await get('Reader')).SecretString).toBe('first');
});

it('keeps the value before the current one, and forgets older ones', async () => {
  const ids = [];
  for (const value of ['first', 'second', 'third']) ids.push((await put('Writer', value)).VersionId);
  const { VersionIdsToStages } = await local.as('Admin').secrets.send(new DescribeSecretCommand({ SecretId }));
  expect(VersionIdsToStages).toEqual({ [ids[1] ?? '']: ['AWSPREVIOUS'], [ids[2] ?? '']: ['AWSCURRENT'] });
  expect((await get('Reader', { VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('second');
  expect((await get('Reader', { VersionId: ids[2] })).SecretString).toBe('third');
  await expect(get('Reader', { VersionId: ids[0] })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(get('Reader', { VersionId: ids[1], VersionStage: 'AWSCURRENT' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

it('puts a value once for a token, and does not put another under it', async () => {
  const ClientRequestToken = 'a'.repeat(32);
  await put('Writer', 'first', { ClientRequestToken });
  await put('Writer', 'second');
  await put('Writer', 'first', { ClientRequestToken });
  expect((await get('Reader')).SecretString).toBe('second');
  await expect(put('Writer', 'other', { ClientRequestToken })).rejects.toMatchObject({
    name: 'ResourceExistsException',
  });
});

it.each([
  ['who may read it but not use its key', 'WithoutKey'],
  ['who may use its key for another service', 'WithoutVia'],
  ['who may use its key but not read it', 'KeyOnly'],
  ['whom its own policy refuses', 'Refused'],
])('is not read by one %s', async (_, as) => {
  await put('Writer', 'value');
  await expect(get(as)).rejects.toMatchObject(denied);
});

it('is not put by one who may decrypt under its key and not encrypt', async () => {
  await expect(put('WriterWithoutKey', 'value')).rejects.toMatchObject(denied);
  await expect(put('Reader', 'value')).rejects.toMatchObject(denied);
});

it('is lost while its key is disabled', async () => {
  await put('Writer', 'value');
  const { kms } = local.as('Admin');
  await kms.send(new DisableKeyCommand({ KeyId: key }));
  await expect(get('Reader')).rejects.toMatchObject({ name: 'DecryptionFailure' });
  await expect(put('Writer', 'other')).rejects.toMatchObject({ name: 'EncryptionFailure' });
  await kms.send(new EnableKeyCommand({ KeyId: key }));
  expect((await get('Reader')).SecretString).toBe('value');
});

it('keeps value, version and ARN between runs, out of reach of other users of the machine', async () => {
  const before = await put('Writer', 'kept');
  await local.close();
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  local = await start();
  expect(await get('Reader')).toMatchObject({ SecretString: 'kept', VersionId: before.VersionId, ARN: before.ARN });
});

it('is found by its name, its ARN, and its ARN without the suffix; a stranger learns of none', async () => {
  const { ARN = '' } = await put('Writer', 'value');
  for (const id of [ARN, ARN.slice(0, -7)]) expect((await get('Admin', { SecretId: id })).Name).toBe('pager');
  await expect(get('Admin', { SecretId: 'none' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(get('Reader', { SecretId: 'none' })).rejects.toMatchObject(denied);
});

it('draws a value where the template asks for one, once', async () => {
  const { secrets } = local.endpoint;
  const wanted = {
    ExcludePunctuation: true,
    PasswordLength: 20,
    SecretStringTemplate: '{"user":"u"}',
    GenerateStringKey: 'password',
  };
  secrets.create({ Name: 'drawn', GenerateSecretString: wanted });
  const drawn = (await get('Admin', { SecretId: 'drawn' })).SecretString ?? '';
  expect(JSON.parse(drawn)).toEqual({ user: 'u', password: expect.stringMatching(/^[A-Za-z0-9]{20}$/) });
  secrets.create({ Name: 'drawn', GenerateSecretString: wanted });
  expect((await get('Admin', { SecretId: 'drawn' })).SecretString).toBe(drawn);
});

it('refuses a policy that lets everyone in, where the template blocks such policies', () => {
  const ResourcePolicy = policy({ ...allow('secretsmanager:GetSecretValue', '*'), Principal: { AWS: '*' } });
  const open = { SecretId: 'pager', ResourcePolicy };
  expect(() => local.endpoint.secrets.addPolicy({ ...open, BlockPublicPolicy: true })).toThrow(/lets everyone in/);
  expect(() => local.endpoint.secrets.addPolicy(open)).not.toThrow();
});

it('says what is wrong with a file that holds no secrets, and with a property that is not built', async () => {
  expect(() => local.endpoint.secrets.create({ Name: 'x', ReplicaRegions: [] })).toThrow(/ReplicaRegions/);
  await local.close();
  writeFileSync(join(folder, 'secrets.json'), '{}');
  await expect(startLocal([], folder)).rejects.toThrow(/secrets.json is not a file of secrets/);
  rmSync(join(folder, 'secrets.json'));
  local = await start();
});
