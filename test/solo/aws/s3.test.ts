import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Sha256 } from '@aws-crypto/sha256-js';
import { DisableKeyCommand } from '@aws-sdk/client-kms';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  GetPublicAccessBlockCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
} from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';
import { allow, delegating, type Local, policy, region, role, roleArn, startLocal } from './local-world.ts';

const objects = (bucket: string) => `arn:aws:s3:::${bucket}/*`;
const viaS3 = (arn: string) => ({
  Condition: {
    StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com`, 'kms:EncryptionContext:aws:s3:arn': arn },
  },
});
const use = ['kms:GenerateDataKey', 'kms:Decrypt'];
const roles = [
  role('Writer', [allow('s3:PutObject', objects('*')), allow(use, '*', viaS3('arn:aws:s3:::locked'))]),
  role('WithoutKey', [allow('s3:*', '*')]),
  role('OtherContext', [allow('s3:*', '*'), allow(use, '*', viaS3('arn:aws:s3:::other'))]),
  role('Reader', [allow('s3:GetObject', objects('*')), allow('kms:Decrypt', '*', viaS3('arn:aws:s3:::locked'))]),
  role('Lister', [
    allow(['s3:ListBucket', 's3:GetObject'], '*', { Condition: { StringLike: { 's3:prefix': 'audit/*' } } }),
  ]),
  role('Deleter', [allow(['s3:DeleteObject', 's3:DeleteObjectVersion'], objects('*'))]),
  role('Denied', [allow(['s3:*', 'kms:*'], '*')]),
];
const bucketPolicy = policy(
  { Effect: 'Deny', Principal: { AWS: roleArn('Denied') }, Action: 's3:*', Resource: objects('locked') },
  {
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::locked/audit/*',
    Condition: { Null: { 's3:if-none-match': 'true' } },
  },
  {
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 's3:PutObject',
    Resource: objects('locked'),
    Condition: {
      StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
      Null: { 's3:x-amz-server-side-encryption': 'false' },
    },
  },
  {
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 's3:*',
    Resource: ['arn:aws:s3:::locked', objects('locked')],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
);

let folder: string;
let local: Local;
let key: string;
const start = async (): Promise<Local> => {
  const started = await startLocal(roles, folder);
  key = (await started.endpoint.createKey('stack/Key', { KeyPolicy: delegating })).attributes.Arn ?? '';
  const { buckets } = started.endpoint;
  buckets.create({
    BucketName: 'locked',
    ObjectLockEnabled: true,
    VersioningConfiguration: { Status: 'Enabled' },
    ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key },
        },
      ],
    },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
  });
  buckets.addPolicy({ Bucket: 'locked', PolicyDocument: bucketPolicy });
  buckets.create({ BucketName: 'plain' });
  return started;
};
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 's3-'));
  local = await start();
});
afterEach(async () => {
  await local.close();
  rmSync(folder, { recursive: true });
});

/** With the attempts that it takes to learn the clock's time, where a test has moved it. */
const s3 = (roleName: string) =>
  local.clients(local.endpoint.credentials.issue({ roleName, sessionName: 'test' }), 3).s3;
const put = (as: string, Key: string, Body: string | Readable = 'body', more: object = {}, Bucket = 'locked') =>
  s3(as).send(
    new PutObjectCommand({ Bucket, Key, Body: typeof Body === 'string' ? Buffer.from(Body) : Body, ...more }),
  );
const get = async (as: string, Key: string, more: object = {}, Bucket = 'locked') => {
  const answer = await local.as(as).s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return { ...answer, text: (await answer.Body?.transformToString()) ?? '' };
};
const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };

it('gives back what was put: bytes, type, metadata, encryption and a checksum that the client verifies', async () => {
  const made = await put('Admin', 'a b/ü+1', 'bytes', { ContentType: 'text/plain', Metadata: { by: 'me' } });
  expect(made).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key, BucketKeyEnabled: true });
  expect(made.ETag).not.toContain(createHash('md5').update('bytes').digest('hex'));
  expect(await get('Admin', 'a b/ü+1')).toMatchObject({
    text: 'bytes',
    ContentType: 'text/plain',
    Metadata: { by: 'me' },
    ContentLength: 5,
    ChecksumCRC32: made.ChecksumCRC32,
    VersionId: made.VersionId,
  });
  const head = await local.as('Admin').s3.send(new HeadObjectCommand({ Bucket: 'locked', Key: 'a b/ü+1' }));
  expect(head).toMatchObject({ ContentLength: 5, ETag: made.ETag, ObjectLockMode: 'GOVERNANCE' });
});

it.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)(
  'verifies %s of what it receives',
  async (ChecksumAlgorithm) => {
    await put('Admin', 'checked', 'bytes', { ChecksumAlgorithm });
    await put('Admin', 'chunked', Readable.from([Buffer.from('by'), Buffer.from('tes')]), {
      ChecksumAlgorithm,
      ContentLength: 5,
    });
    expect((await get('Admin', 'checked')).text).toBe('bytes');
    const chunked = await get('Admin', 'chunked');
    expect([chunked.text, chunked.ContentLength, chunked.ContentEncoding]).toEqual(['bytes', 5, undefined]);
    const wrong = { [`Checksum${ChecksumAlgorithm}`]: Buffer.alloc(20).toString('base64') };
    await expect(put('Admin', 'wrong', 'bytes', wrong)).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(get('Admin', 'wrong')).rejects.toMatchObject({ name: 'NoSuchKey' });
  },
);

/** A put without checksums, signed by hand; `sent` goes in the place of the body that was signed. */
const rawPut = async (path: string, body: string, sent = body) => {
  const { host, hostname, port } = new URL(local.endpoint.url);
  const credentials = local.endpoint.credentials.issue({ roleName: 'Admin', sessionName: 'raw' });
  const signer = new SignatureV4({ service: 's3', region, credentials, sha256: Sha256, uriEscapePath: false });
  const { headers } = await signer.sign({
    ...{ protocol: 'http:', hostname, port: Number(port), method: 'PUT', path, headers: { host }, body },
  });
  const answer = await fetch(local.endpoint.url + path, { method: 'PUT', headers, body: sent });
  return { status: answer.status, text: await answer.text() };
};

it('refuses a body that is not the signed one', async () => {
  expect((await rawPut('/plain/x', 'signed', 'other')).status).toBe(403);
  expect((await rawPut('/plain/x', 'signed')).status).toBe(200);
});

it('adds only where nothing is when asked to, and again where it was deleted', async () => {
  const once = { IfNoneMatch: '*' };
  await put('Writer', 'audit/1', 'first', once);
  await expect(put('Writer', 'audit/1', 'second', once)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  await expect(put('Writer', 'audit/1', 'second')).rejects.toMatchObject(denied);
  const both = await Promise.allSettled([put('Writer', 'audit/2', 'a', once), put('Writer', 'audit/2', 'b', once)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await local.as('Admin').s3.send(new DeleteObjectCommand({ Bucket: 'locked', Key: 'audit/1' }));
  await put('Writer', 'audit/1', 'third', once);
  expect((await get('Admin', 'audit/1')).text).toBe('third');
});

it.each([
  ['put', 'by one who may not use the key', 'WithoutKey'],
  ['put', 'by one who may use the key for another bucket', 'OtherContext'],
  ['put', 'by one whom the bucket refuses', 'Denied'],
  ['get', 'by one who may not use the key', 'WithoutKey'],
  ['get', 'by one who may use the key for another bucket', 'OtherContext'],
  ['get', 'by one whom the bucket refuses', 'Denied'],
  ['get', 'by one who may only put', 'Writer'],
])('is not %s %s', async (what, _, as) => {
  await put('Admin', 'thing');
  await expect(what === 'put' ? put(as, 'thing') : get(as, 'thing')).rejects.toMatchObject(denied);
});

it('is not put in an encryption that the bucket refuses', async () => {
  await expect(put('Admin', 'x', 'x', { ServerSideEncryption: 'AES256' })).rejects.toMatchObject(denied);
});

it('is lost while its key is disabled', async () => {
  await put('Admin', 'thing');
  await local.as('Admin').kms.send(new DisableKeyCommand({ KeyId: key }));
  await expect(get('Admin', 'thing')).rejects.toMatchObject({ name: 'KMS.DisabledException' });
  await expect(put('Admin', 'thing')).rejects.toMatchObject({ name: 'KMS.DisabledException' });
});

it('does not tell one who may not list whether a key is there', async () => {
  await expect(get('Reader', 'none')).rejects.toMatchObject(denied);
  await expect(get('Admin', 'none')).rejects.toMatchObject({ name: 'NoSuchKey' });
  await expect(get('Admin', 'none', {}, 'nowhere')).rejects.toMatchObject({ name: 'NoSuchBucket' });
});

const remove = (as: string, VersionId: string | undefined, more: object = {}) =>
  s3(as).send(new DeleteObjectCommand({ Bucket: 'locked', Key: 'thing', VersionId, ...more }));

it('hides behind a delete marker and keeps the version', async () => {
  const { VersionId } = await put('Admin', 'thing', 'kept');
  const marker = await remove('Deleter', undefined);
  expect(marker.DeleteMarker).toBe(true);
  await expect(get('Admin', 'thing')).rejects.toMatchObject({ name: 'NoSuchKey' });
  expect((await get('Admin', 'thing', { VersionId })).text).toBe('kept');
  await remove('Deleter', marker.VersionId);
  expect((await get('Admin', 'thing')).text).toBe('kept');
});

it('does not delete a locked version, unless one may go past governance and says so, or the lock is over', async () => {
  const first = (await put('Admin', 'thing')).VersionId;
  await expect(remove('Deleter', first)).rejects.toMatchObject(denied);
  await expect(remove('Admin', first)).rejects.toMatchObject(denied);
  const past = { BypassGovernanceRetention: true };
  await expect(remove('Deleter', first, past)).rejects.toMatchObject(denied);
  await remove('Admin', first, past);
  const strict = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: new Date(Date.now() + 3_600_000) };
  const second = (await put('Admin', 'thing', 'x', strict)).VersionId;
  await expect(remove('Admin', second, past)).rejects.toMatchObject(denied);
  local.world.clock.advance(3_700_000);
  await remove('Deleter', second);
  const third = (await put('Admin', 'thing', 'x', { ObjectLockLegalHoldStatus: 'ON' })).VersionId;
  local.world.clock.advance(10 * 24 * 3_600_000);
  await expect(remove('Admin', third, past)).rejects.toMatchObject(denied);
});

it('makes a lock longer, and shorter only past governance', async () => {
  const { VersionId } = await put('Admin', 'thing');
  const retain = (days: number, more: object = {}) =>
    local.as('Admin').s3.send(
      new PutObjectRetentionCommand({
        ...{ Bucket: 'locked', Key: 'thing', VersionId },
        Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date(Date.now() + days * 24 * 3_600_000) },
        ...more,
      }),
    );
  await retain(5);
  await expect(retain(2)).rejects.toMatchObject(denied);
  await retain(2, { BypassGovernanceRetention: true });
  const { Retention } = await local
    .as('Admin')
    .s3.send(new GetObjectRetentionCommand({ Bucket: 'locked', Key: 'thing' }));
  expect(Retention?.RetainUntilDate?.getTime()).toBeLessThan(Date.now() + 3 * 24 * 3_600_000);
});

it('wants a checksum where it locks', async () => {
  expect((await rawPut('/locked/x', 'x')).text).toContain('<Code>InvalidRequest</Code>');
  expect((await rawPut('/plain/x', 'x')).status).toBe(200);
});

it('lists in the order of bytes, by prefix, after a key, by delimiter, in pages, without what was deleted', async () => {
  for (const Key of ['b', 'a/1', 'a/2', 'a/z/3', 'é', 'Z', 'gone']) await put('Admin', Key, '', {}, 'plain');
  await local.as('Admin').s3.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'gone' }));
  const list = (more: object) => local.as('Admin').s3.send(new ListObjectsV2Command({ Bucket: 'plain', ...more }));
  const keys = async (more: object) => ((await list(more)).Contents ?? []).map(({ Key }) => Key);
  expect(await keys({})).toEqual(['Z', 'a/1', 'a/2', 'a/z/3', 'b', 'é']);
  expect(await keys({ Prefix: 'a/' })).toEqual(['a/1', 'a/2', 'a/z/3']);
  expect(await keys({ StartAfter: 'a/1', MaxKeys: 1 })).toEqual(['a/2']);
  expect(await keys({ EncodingType: 'url', StartAfter: 'b' })).toEqual(['%C3%A9']);
  const shallow = await list({ Prefix: 'a/', Delimiter: '/' });
  expect(shallow.CommonPrefixes).toEqual([{ Prefix: 'a/z/' }]);
  const found: (string | undefined)[] = [];
  for (let token: string | undefined, more = true; more; ) {
    const page = await list({ MaxKeys: 2, Delimiter: '/', ContinuationToken: token });
    found.push(
      ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      ...(page.Contents ?? []).map(({ Key }) => Key),
    );
    token = page.NextContinuationToken;
    more = page.IsTruncated === true;
  }
  expect(found).toEqual(['a/', 'Z', 'b', 'é']);
});

it('lists versions and markers, newest first, and only what one may list', async () => {
  await put('Admin', 'audit/1', '1', { IfNoneMatch: '*' });
  await local.as('Admin').s3.send(new DeleteObjectCommand({ Bucket: 'locked', Key: 'audit/1' }));
  const { Versions, DeleteMarkers } = await local
    .as('Admin')
    .s3.send(new ListObjectVersionsCommand({ Bucket: 'locked', Prefix: 'audit/' }));
  expect(Versions).toMatchObject([{ Key: 'audit/1', IsLatest: false, Size: 1 }]);
  expect(DeleteMarkers).toMatchObject([{ Key: 'audit/1', IsLatest: true }]);
  const list = (Prefix: string) => local.as('Lister').s3.send(new ListObjectsV2Command({ Bucket: 'locked', Prefix }));
  expect((await list('audit/')).KeyCount).toBe(0);
  await expect(list('other/')).rejects.toMatchObject(denied);
});

it('tells how the bucket is set up', async () => {
  const { s3 } = local.as('Admin');
  const Bucket = 'locked';
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
  expect((await s3.send(new GetObjectLockConfigurationCommand({ Bucket }))).ObjectLockConfiguration).toEqual({
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 1 } },
  });
  expect((await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: false,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: true,
  });
  const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
  expect(ServerSideEncryptionConfiguration?.Rules).toEqual([
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key }, BucketKeyEnabled: true },
  ]);
  await expect(s3.send(new GetObjectLockConfigurationCommand({ Bucket: 'plain' }))).rejects.toMatchObject({
    name: 'ObjectLockConfigurationNotFoundError',
  });
});

it('replaces in a bucket without versions, gives a part, and says what it does not have', async () => {
  await put('Admin', 'x', 'first', {}, 'plain');
  await put('Admin', 'x', 'second', {}, 'plain');
  expect((await get('Admin', 'x', { Range: 'bytes=1-3' }, 'plain')).text).toBe('eco');
  expect(readdirSync(join(folder, 's3', 'plain'))).toHaveLength(1);
  const copy = new CopyObjectCommand({ Bucket: 'plain', Key: 'y', CopySource: 'plain/x' });
  await expect(local.as('Admin').s3.send(copy)).rejects.toMatchObject({ name: 'NotImplemented' });
  await expect(put('Admin', 'x', 'x', { Tagging: 'a=b' }, 'plain')).rejects.toMatchObject({ name: 'NotImplemented' });
  expect(() => local.endpoint.buckets.create({ BucketName: 'web', WebsiteConfiguration: {} })).toThrow(/Website/);
});

it('keeps objects, versions and locks between runs, out of reach of other users of the machine', async () => {
  const { VersionId } = await put('Admin', 'thing', 'kept');
  await put('Admin', 'thing', 'newer');
  await local.close();
  const files = readdirSync(join(folder, 's3', 'locked'));
  expect(files).toHaveLength(2);
  for (const file of files) expect(statSync(join(folder, 's3', 'locked', file)).mode & 0o777).toBe(0o600);
  local = await start();
  expect((await get('Admin', 'thing')).text).toBe('newer');
  expect((await get('Admin', 'thing', { VersionId })).text).toBe('kept');
  await expect(remove('Admin', VersionId)).rejects.toMatchObject(denied);
});
