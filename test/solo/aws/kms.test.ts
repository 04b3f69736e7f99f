import { createHash, createPublicKey, verify } from 'node:crypto';
import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GetPublicKeyCommand,
  ReEncryptCommand,
  SignCommand,
  VerifyCommand,
} from '@aws-sdk/client-kms';
import {
  account,
  allow,
  delegating,
  type Local,
  plainTable,
  policy,
  region,
  role,
  startLocal,
  tableArn,
} from './local-world.ts';

const own = { 'kms:EncryptionContext:tenant': '${aws:PrincipalTag/tenant}' };
const tenant = role('Tenant', [
  allow(['kms:Decrypt', 'kms:GenerateDataKey'], '*', { Condition: { StringEquals: own } }),
  allow('dynamodb:*', '*'),
]);
const tableReader = role('TableReader', [
  allow('dynamodb:*', '*'),
  allow('kms:Decrypt', '*', {
    Condition: {
      StringEquals: {
        'kms:ViaService': `dynamodb.${region}.amazonaws.com`,
        'kms:EncryptionContext:aws:dynamodb:tableName': 'sealed',
      },
    },
  }),
]);
const signer = role('Signer', [
  allow(['kms:Sign'], '*', {
    Condition: { StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256', 'kms:MessageType': 'DIGEST' } },
  }),
]);

let local: Local;
let data: string;
let signing: string;
beforeAll(async () => {
  local = await startLocal([tenant, tableReader, signer]);
  const { endpoint } = local;
  data = (await endpoint.createKey('data', { KeyPolicy: delegating })).ref;
  signing = (
    await endpoint.createKey('signing', { KeyPolicy: delegating, KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' })
  ).ref;
  await endpoint.createAlias({ AliasName: 'alias/data', TargetKeyId: data });
  const table = await endpoint.createKey('table', { KeyPolicy: delegating });
  const encrypted = { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: table.attributes.Arn } };
  await endpoint.createTable(plainTable('sealed', encrypted));
  await endpoint.createTable(plainTable('sealed-too', encrypted));
});
afterAll(() => local.close());

const denied = { name: 'AccessDeniedException' };

it('unwraps a data key under its own context only, and only for who may use that context', async () => {
  const a = local.as('Tenant', { tenant: 'a' }).kms;
  const b = local.as('Tenant', { tenant: 'b' }).kms;
  const made = await a.send(
    new GenerateDataKeyCommand({
      KeyId: 'alias/data',
      KeySpec: 'AES_256',
      EncryptionContext: { tenant: 'a', purpose: 'x' },
    }),
  );
  const decrypt = (EncryptionContext: Record<string, string>) =>
    new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext });
  const opened = await a.send(decrypt({ purpose: 'x', tenant: 'a' }));
  expect(opened.Plaintext).toEqual(made.Plaintext);
  expect(made.Plaintext).toHaveLength(32);
  await expect(a.send(decrypt({ tenant: 'a' }))).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  await expect(a.send(decrypt({ tenant: 'a', purpose: 'X' }))).rejects.toMatchObject({
    name: 'InvalidCiphertextException',
  });
  await expect(a.send(decrypt({ Tenant: 'a', purpose: 'x' }))).rejects.toMatchObject(denied);
  await expect(b.send(decrypt({ tenant: 'a', purpose: 'x' }))).rejects.toMatchObject(denied);
  await expect(b.send(decrypt({ tenant: 'b', purpose: 'x' }))).rejects.toMatchObject({
    name: 'InvalidCiphertextException',
  });
  await expect(local.as('Tenant').kms.send(decrypt({ tenant: 'a', purpose: 'x' }))).rejects.toMatchObject(denied);
});

it('refuses an altered blob, and asks before it opens anything', async () => {
  const { kms } = local.as('Admin');
  const { CiphertextBlob = new Uint8Array() } = await kms.send(
    new EncryptCommand({ KeyId: data, Plaintext: Buffer.from('secret') }),
  );
  const altered = Uint8Array.from(CiphertextBlob, (byte, at) => (at === CiphertextBlob.length - 1 ? byte ^ 1 : byte));
  await expect(kms.send(new DecryptCommand({ CiphertextBlob: altered }))).rejects.toMatchObject({
    name: 'InvalidCiphertextException',
  });
  await expect(local.as('Signer').kms.send(new DecryptCommand({ CiphertextBlob: altered }))).rejects.toMatchObject(
    denied,
  );
  await expect(kms.send(new DecryptCommand({ CiphertextBlob: Buffer.from('short') }))).rejects.toMatchObject({
    name: 'InvalidCiphertextException',
  });
});

it('re-encrypts under another context, and wraps a key without showing it', async () => {
  const { kms } = local.as('Admin');
  const wrapped = await kms.send(
    new GenerateDataKeyWithoutPlaintextCommand({ KeyId: data, NumberOfBytes: 64, EncryptionContext: { v: '1' } }),
  );
  const again = await kms.send(
    new ReEncryptCommand({
      CiphertextBlob: wrapped.CiphertextBlob,
      SourceEncryptionContext: { v: '1' },
      DestinationKeyId: data,
      DestinationEncryptionContext: { v: '2' },
    }),
  );
  const opened = await kms.send(
    new DecryptCommand({ CiphertextBlob: again.CiphertextBlob, EncryptionContext: { v: '2' } }),
  );
  expect(opened.Plaintext).toHaveLength(64);
  expect(opened.KeyId).toBe(`arn:aws:kms:${region}:${account}:key/${data}`);
});

it('signs raw messages and digests alike, so that any library verifies them', async () => {
  const { kms } = local.as('Admin');
  const message = Buffer.from('signed by the twin');
  const digest = createHash('sha256').update(message).digest();
  const { PublicKey = new Uint8Array() } = await kms.send(new GetPublicKeyCommand({ KeyId: signing }));
  const publicKey = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
  const SigningAlgorithm = 'ECDSA_SHA_256' as const;
  for (const asked of [
    { Message: message, MessageType: 'RAW' as const },
    { Message: digest, MessageType: 'DIGEST' as const },
  ]) {
    const { Signature = new Uint8Array() } = await kms.send(
      new SignCommand({ KeyId: signing, SigningAlgorithm, ...asked }),
    );
    expect(verify('sha256', message, publicKey, Signature)).toBe(true);
    for (const MessageType of ['RAW', 'DIGEST'] as const) {
      const Message = MessageType === 'RAW' ? message : digest;
      const answer = await kms.send(
        new VerifyCommand({ KeyId: signing, SigningAlgorithm, Message, MessageType, Signature }),
      );
      expect(answer.SignatureValid).toBe(true);
    }
    const other = createHash('sha256').update('other').digest();
    await expect(
      kms.send(
        new VerifyCommand({ KeyId: signing, SigningAlgorithm, Message: other, MessageType: 'DIGEST', Signature }),
      ),
    ).rejects.toMatchObject({ name: 'KMSInvalidSignatureException' });
  }
});

it('shows algorithm and message type to policies', async () => {
  const { kms } = local.as('Signer');
  const sign = (MessageType: 'RAW' | 'DIGEST') =>
    kms.send(
      new SignCommand({ KeyId: signing, SigningAlgorithm: 'ECDSA_SHA_256', Message: Buffer.alloc(32, 1), MessageType }),
    );
  await expect(sign('DIGEST')).resolves.toBeDefined();
  await expect(sign('RAW')).rejects.toMatchObject(denied);
});

it('uses a key for what it is for, and not while it is disabled', async () => {
  const { kms } = local.as('Admin');
  const encrypt = (KeyId: string) => kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') }));
  await expect(encrypt(signing)).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
  await expect(encrypt('alias/none')).rejects.toMatchObject({ name: 'NotFoundException' });
  await kms.send(new DisableKeyCommand({ KeyId: data }));
  await expect(encrypt(data)).rejects.toMatchObject({ name: 'DisabledException' });
  expect((await kms.send(new DescribeKeyCommand({ KeyId: data }))).KeyMetadata?.KeyState).toBe('Disabled');
  await kms.send(new EnableKeyCommand({ KeyId: data }));
  await expect(encrypt(data)).resolves.toBeDefined();
});

it('follows a key policy that delegates nothing, whatever the caller has', async () => {
  const keeper = policy({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:role/Tenant` },
    Action: 'kms:Encrypt',
    Resource: '*',
  });
  const { ref } = await local.endpoint.createKey('kept', { KeyPolicy: keeper });
  const encrypt = new EncryptCommand({ KeyId: ref, Plaintext: Buffer.from('x') });
  await expect(local.as('Admin').kms.send(encrypt)).rejects.toMatchObject(denied);
  await expect(local.as('Tenant').kms.send(encrypt)).resolves.toBeDefined();
});

it('decides about a dry run and does nothing, a ciphertext it does not need included', async () => {
  const withoutCiphertext = new DecryptCommand({ KeyId: data, DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] });
  const encrypt = new EncryptCommand({ KeyId: data, Plaintext: Buffer.from('x'), DryRun: true });
  for (const command of [withoutCiphertext, encrypt]) {
    await expect(local.as('Admin').kms.send(command as EncryptCommand)).rejects.toMatchObject({
      name: 'DryRunOperationException',
    });
    await expect(local.as('Signer').kms.send(command as EncryptCommand)).rejects.toMatchObject(denied);
  }
});

describe("a table's own key", () => {
  const get = (TableName: string) => new GetItemCommand({ TableName, Key: { pk: { S: 'a' }, sk: { S: 'b' } } });

  it('opens to who may use it through DynamoDB for this table', async () => {
    await expect(local.as('TableReader').dynamoDb.send(get('sealed'))).resolves.toBeDefined();
  });

  it('does not open for another table, nor to who has the table and not the key', async () => {
    await expect(local.as('TableReader').dynamoDb.send(get('sealed-too'))).rejects.toMatchObject(denied);
    const { dynamoDb } = local.as('Tenant', { tenant: 'a' });
    await expect(dynamoDb.send(get('sealed'))).rejects.toThrow(
      /not authorized to perform: kms:Decrypt on resource: arn:aws:kms:/,
    );
    const query = { KeyConditionExpression: 'pk = :a', ExpressionAttributeValues: { ':a': { S: 'a' } } };
    await expect(dynamoDb.send(new QueryCommand({ TableName: tableArn('sealed'), ...query }))).rejects.toMatchObject(
      denied,
    );
  });

  it('does not open directly to who may use it through DynamoDB only', async () => {
    const { kms } = local.as('Admin');
    const made = await kms.send(
      new EncryptCommand({
        KeyId: data,
        Plaintext: Buffer.from('x'),
        EncryptionContext: { 'aws:dynamodb:tableName': 'sealed' },
      }),
    );
    const decrypt = new DecryptCommand({
      CiphertextBlob: made.CiphertextBlob,
      EncryptionContext: { 'aws:dynamodb:tableName': 'sealed' },
    });
    await expect(local.as('TableReader').kms.send(decrypt)).rejects.toMatchObject(denied);
  });
});
