import { DescribeTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Credentials } from '../../../local/types.ts';
import { admin, type Local, plainTable, region, startLocal } from './local-world.ts';
import { type SignedRequest, send as sendTo, signedRequest } from './signed-request.ts';

let local: Local;
let credentials: Credentials;
beforeAll(async () => {
  local = await startLocal([]);
  await local.endpoint.createTable(plainTable('things'));
  credentials = local.endpoint.credentials.issue({ roleName: admin.name, sessionName: 'test' });
});
afterAll(() => local.close());

type Change = Partial<Parameters<typeof signedRequest>[1]>;
const signed = (change: Change = {}): Promise<SignedRequest> => signedRequest(local, { credentials, ...change });
const send = (request: SignedRequest) => sendTo(local, request);

it('takes a call that is signed as it should be', async () => {
  expect(await send(await signed())).toMatchObject({ status: 200 });
});

const forgeries: Readonly<Record<string, [(request: SignedRequest) => SignedRequest, string]>> = {
  'another body': [(request) => ({ ...request, body: '{"TableName":"other"}' }), 'InvalidSignatureException'],
  'another operation': [
    (request) => ({ ...request, headers: { ...request.headers, 'x-amz-target': 'DynamoDB_20120810.DeleteTable' } }),
    'InvalidSignatureException',
  ],
  'another path': [(request) => ({ ...request, path: '/other' }), 'InvalidSignatureException'],
  'another query': [(request) => ({ ...request, path: '/?a=b' }), 'InvalidSignatureException'],
  'another method': [(request) => ({ ...request, method: 'PUT' }), 'InvalidSignatureException'],
  'a header added to those that must be signed': [
    (request) => ({ ...request, headers: { ...request.headers, 'x-amz-extra': '1' } }),
    'IncompleteSignatureException',
  ],
  'one digit of the signature changed': [
    (request) => spoiled(request, (value) => value.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))),
    'InvalidSignatureException',
  ],
  'no signature': [
    (request) => spoiled(request, (value) => value.replace(/, Signature=.*/, '')),
    'IncompleteSignatureException',
  ],
  "another session's token": [
    (request) => ({ ...request, headers: { ...request.headers, 'x-amz-security-token': 'other' } }),
    'UnrecognizedClientException',
  ],
  'a key that nobody has': [
    (request) => spoiled(request, (value) => value.replace(/ASIA[A-Z2-7]{16}/, 'ASIAAAAAAAAAAAAAAAAA')),
    'UnrecognizedClientException',
  ],
};

const spoiled = (request: SignedRequest, change: (authorization: string) => string): SignedRequest => ({
  ...request,
  headers: { ...request.headers, authorization: change(request.headers.authorization ?? '') },
});

it.each(Object.entries(forgeries))('refuses %s', async (_, [forge, code]) => {
  const answer = await send(forge(await signed()));
  expect(answer).toMatchObject({ status: 400, code });
  expect(local.endpoint.calls.list().at(-1)?.allowed).toBe(false);
});

it('refuses a signature for another region, an unsigned operation, and dates more than five minutes away', async () => {
  expect(await send(await signed({ region: 'us-east-1' }))).toMatchObject({ code: 'InvalidSignatureException' });
  expect(await send(await signed({ unsigned: 'x-amz-target' }))).toMatchObject({
    code: 'IncompleteSignatureException',
  });
  const now = local.world.clock.now();
  // Room for a slow machine: a date ahead comes nearer while it is sent.
  for (const at of [now - 301_000, now + 360_000])
    expect(await send(await signed({ at }))).toMatchObject({ code: 'InvalidSignatureException', message: /expired/ });
  expect(await send(await signed({ at: now - 290_000 }))).toMatchObject({ status: 200 });
});

it('takes a signature for one service as no signature for another', async () => {
  expect(await send(await signed({ service: 'kms' }))).toMatchObject({ code: 'UnknownOperationException' });
});

it('names the caller of a call and nobody else', async () => {
  const { sts } = local.as(admin.name);
  const identity = await sts.send(new GetCallerIdentityCommand({}));
  expect(identity.Arn).toBe('arn:aws:sts::111122223333:assumed-role/Admin/test');
  const stranger = { accessKeyId: 'ASIAQQQQQQQQQQQQQQQQ', secretAccessKey: 'x', sessionToken: 'y' };
  const client = new STSClient({ endpoint: local.endpoint.url, region, credentials: stranger, maxAttempts: 1 });
  await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
});

it("follows the twin's clock: SDK clients correct theirs, sessions expire", async () => {
  const moved = await startLocal([]);
  await moved.endpoint.createTable(plainTable('things'));
  const short = moved.endpoint.credentials.issue({ roleName: admin.name, sessionName: 'short', seconds: 1800 });
  const { accessKeyId, secretAccessKey, sessionToken } = short;
  const client = new DynamoDBClient({
    endpoint: moved.endpoint.url,
    region,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  });
  moved.world.clock.advance(20 * 60_000);
  await expect(client.send(new DescribeTableCommand({ TableName: 'things' }))).resolves.toBeDefined();
  moved.world.clock.advance(11 * 60_000);
  await expect(client.send(new DescribeTableCommand({ TableName: 'things' }))).rejects.toMatchObject({
    name: 'ExpiredTokenException',
  });
  client.destroy();
  await moved.close();
});

it('reads policies anew: what is taken from a role is taken from its living sessions', async () => {
  const { dynamoDb } = local.as(admin.name);
  const get = new GetItemCommand({ TableName: 'things', Key: { pk: { S: 'a' }, sk: { S: 'b' } } });
  await dynamoDb.send(get);
  local.roles.set(admin.name, { ...admin, policies: [] });
  await expect(dynamoDb.send(get)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  local.roles.set(admin.name, admin);
});
