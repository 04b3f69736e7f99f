import { authorize } from '../../local/iam/evaluate.ts';
import { parsePolicy } from '../../local/iam/parse-policy.ts';
import type { PolicyDocument, Principal, RequestContext } from '../../local/types.ts';
import { resourcesOf } from './synthesized.ts';
import { trailTemplate } from './trail-templates.ts';

/** The policies of the trail, attacked through the evaluator that the twin asks. */
const account = '111111111111';
const keyArn = `arn:aws:kms:eu-central-1:${account}:key/trail`;
const bucket = `arn:aws:s3:::ringfence-staging-trail-${account}`;
const trailArn = `arn:aws:cloudtrail:eu-central-1:${account}:trail/ringfence-staging`;
const resolved = JSON.parse(
  JSON.stringify(trailTemplate('staging')).replaceAll('{"Fn::GetAtt":["TrailKey","Arn"]}', JSON.stringify(keyArn)),
);
const propertiesOf = (id: string) =>
  resourcesOf(resolved).find(({ logicalId }) => logicalId === id)?.Properties as Record<string, unknown>;
const bucketPolicy = parsePolicy(propertiesOf('TrailBucketPolicy').PolicyDocument, 'the bucket policy', 'resource');
const keyPolicy = parsePolicy(propertiesOf('TrailKey').KeyPolicy, 'the key policy', 'resource');

/** Everything an identity policy can give. */
const everything: PolicyDocument = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
};

const role = (roleName: string): Principal => ({
  kind: 'session',
  arn: `arn:aws:sts::${account}:assumed-role/${roleName}/x`,
  account,
  roleName,
  roleArn: `arn:aws:iam::${account}:role/${roleName}`,
  sessionName: 'x',
  tags: {},
  policies: [everything],
});
const service = (name: string): Principal => ({ kind: 'service', service: name, account });

const principals = {
  administrator: role('Administrator'),
  auditor: role('ringfence-auditor'),
  deployment: role('cdk-hnb659fds-cfn-exec-role-111111111111-eu-central-1'),
  archive: role('ringfence-staging-archive'),
  catalog: role('ringfence-staging-catalog'),
  archive2: role('ringfence-staging-archive2'),
  cloudTrail: service('cloudtrail.amazonaws.com'),
  s3Logging: service('logging.s3.amazonaws.com'),
} as const;
type Name = keyof typeof principals;
const names = Object.keys(principals) as Name[];

const tls = { 'aws:SecureTransport': 'true' };
const ofTrail = { ...tls, 'aws:SourceArn': trailArn, 's3:x-amz-acl': 'bucket-owner-full-control' };
const onceOnly = { ...tls, 's3:if-none-match': '*' };

const mayDo = (name: Name, action: string, resource: string, context: RequestContext = tls): boolean =>
  authorize(
    { principal: principals[name], action, resource, context },
    { policy: { name: 'the bucket policy', document: bucketPolicy }, owner: account },
  ).allowed;
const whoMay = (action: string, resource: string, context?: RequestContext): readonly Name[] =>
  names.filter((name) => mayDo(name, action, resource, context));

const archived = `${bucket}/audit/000000000001.ndjson`;
const delivered = `${bucket}/AWSLogs/${account}/CloudTrail/eu-central-1/2026/11/23/x.json.gz`;

describe('whatever an identity may do by its own policies, in the locked bucket', () => {
  it('the archive is added to by the archive function alone', () => {
    expect(whoMay('s3:PutObject', archived, onceOnly)).toEqual(['archive']);
  });

  it('the archive is replaced by nobody: a put that could replace is refused', () => {
    expect(whoMay('s3:PutObject', archived, tls)).toEqual([]);
  });

  it('logs are delivered by CloudTrail alone, for this trail, into this account’s folder, to the bucket’s owner', () => {
    expect(whoMay('s3:PutObject', delivered, ofTrail)).toEqual(['cloudTrail']);
    expect(whoMay('s3:PutObject', delivered, { ...ofTrail, ...onceOnly })).toEqual(['cloudTrail']);
    expect(whoMay('s3:PutObject', delivered, { ...ofTrail, 'aws:SourceArn': `${trailArn}2` })).toEqual([]);
    expect(whoMay('s3:PutObject', delivered, { ...tls, 'aws:SourceArn': trailArn })).toEqual([]);
    expect(whoMay('s3:PutObject', `${bucket}/AWSLogs/222222222222/x`, ofTrail)).toEqual([]);
    expect(whoMay('s3:PutObject', archived, { ...ofTrail, ...onceOnly })).toEqual(['archive']);
  });

  it('nothing is put anywhere else but by the archive function, whose own role has no right there', () => {
    expect(whoMay('s3:PutObject', `${bucket}/other`, onceOnly)).toEqual(['archive']);
  });

  it.each([
    's3:DeleteObject',
    's3:DeleteObjectVersion',
    's3:PutObjectRetention',
    's3:BypassGovernanceRetention',
    's3:ReplicateDelete',
  ])('nobody has %s', (action) => {
    expect(whoMay(action, archived)).toEqual([]);
    expect(whoMay(action, delivered)).toEqual([]);
    expect(whoMay(action, delivered, ofTrail)).toEqual([]);
  });

  it.each([
    ['under no key', { 's3:x-amz-server-side-encryption': 'AES256' }],
    [
      'under another key',
      { 's3:x-amz-server-side-encryption': 'aws:kms', 's3:x-amz-server-side-encryption-aws-kms-key-id': `${keyArn}2` },
    ],
    ['under a key of the caller’s', { 's3:x-amz-server-side-encryption-customer-algorithm': 'AES256' }],
  ])('nothing is put into the archive %s', (_, headers) => {
    expect(whoMay('s3:PutObject', archived, { ...onceOnly, ...headers })).toEqual([]);
  });

  it('what names the right key is put', () => {
    const headers = {
      's3:x-amz-server-side-encryption': 'aws:kms',
      's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn,
    };
    expect(whoMay('s3:PutObject', archived, { ...onceOnly, ...headers })).toEqual(['archive']);
  });

  it('nobody reaches it without TLS', () => {
    for (const action of ['s3:GetObject', 's3:PutObject', 's3:ListBucket'])
      expect(whoMay(action, archived, { ...ofTrail, ...onceOnly, 'aws:SecureTransport': 'false' })).toEqual([]);
  });
});

describe('the key of the locked bucket', () => {
  const withKey = (action: string, context: RequestContext): readonly Name[] =>
    names.filter(
      (name) =>
        authorize(
          { principal: principals[name], action, resource: keyArn, context },
          { policy: { name: 'the key policy', document: keyPolicy }, owner: account },
        ).allowed,
    );
  const throughS3 = {
    'kms:ViaService': 's3.eu-central-1.amazonaws.com',
    'kms:EncryptionContext:aws:s3:arn': bucket,
  };
  const forTrail = { 'aws:SourceArn': trailArn, 'kms:EncryptionContext:aws:cloudtrail:arn': trailArn };

  it('opens for the auditor and the archive function, through S3 and for this bucket', () => {
    expect(withKey('kms:Decrypt', throughS3)).toEqual(['auditor', 'archive']);
    expect(withKey('kms:Decrypt', { ...throughS3, 'kms:EncryptionContext:aws:s3:arn': archived })).toEqual([
      'auditor',
      'archive',
    ]);
    expect(withKey('kms:Decrypt', {})).toEqual([]);
    expect(withKey('kms:Decrypt', { ...throughS3, 'kms:EncryptionContext:aws:s3:arn': `${bucket}2` })).toEqual([]);
    expect(withKey('kms:Decrypt', { ...throughS3, 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' })).toEqual(
      [],
    );
  });

  it('encrypts for CloudTrail and this trail, and for the archive function', () => {
    expect(withKey('kms:GenerateDataKey', forTrail)).toEqual(['cloudTrail']);
    expect(withKey('kms:GenerateDataKey', { ...forTrail, 'aws:SourceArn': `${trailArn}2` })).toEqual([]);
    expect(withKey('kms:GenerateDataKey', throughS3)).toEqual(['archive']);
  });

  it.each(['kms:Encrypt', 'kms:CreateGrant', 'kms:ReEncryptFrom', 'kms:Sign'])('gives %s to nobody', (action) => {
    expect(withKey(action, { ...throughS3, ...forTrail })).toEqual([]);
  });

  it('is administered by whom IAM lets, and that gives no use of it', () => {
    expect(withKey('kms:PutKeyPolicy', {})).toContain('administrator');
    expect(withKey('kms:Decrypt', throughS3)).not.toContain('administrator');
  });
});
