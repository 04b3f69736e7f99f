import { functions, tables, touchesOf } from '../../lambdas/functions.ts';
import { policyOf, type Resource, resourcesOf, statementsOf } from './synthesized.ts';
import { trailTemplate } from './trail-templates.ts';

const staging = trailTemplate('staging');
const only = (type: string, stack = staging): Resource => {
  const [found, ...more] = resourcesOf(stack, type);
  if (!found || more.length > 0) throw new Error(`Expected one ${type}.`);
  return found;
};
const bucketNamed = (name: string, stack = staging): Resource => {
  const found = resourcesOf(stack, 'AWS::S3::Bucket').find(({ Properties }) => Properties.BucketName === name);
  if (!found) throw new Error(`There is no bucket ${name}.`);
  return found;
};
const account = '111111111111';
const trailArn = `arn:aws:cloudtrail:eu-central-1:${account}:trail/ringfence-staging`;
const locked = 'ringfence-staging-trail-111111111111';
const accessLogs = 'ringfence-staging-access-logs-111111111111';

describe('the trail', () => {
  const { Properties } = only('AWS::CloudTrail::Trail');

  it('logs every region and global services, validated, encrypted, to the locked bucket and to a log group', () => {
    expect(Properties).toMatchObject({
      TrailName: 'ringfence-staging',
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      S3BucketName: locked,
      KMSKeyId: { 'Fn::GetAtt': ['TrailKey', 'Arn'] },
      CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': ['TrailLogs', 'Arn'] },
    });
    expect(only('AWS::Logs::LogGroup').Properties).toMatchObject({
      LogGroupName: '/ringfence/staging/trail',
      KmsKeyId: { 'Fn::GetAtt': ['LogsKey', 'Arn'] },
      RetentionInDays: 30,
    });
  });

  it('may write its own log streams, for this trail, and nothing else', () => {
    const role = only('AWS::IAM::Role');
    expect(policyOf(role)).toEqual([
      {
        Sid: 'WriteOwnLog',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: [
          `arn:aws:logs:eu-central-1:${account}:log-group:/ringfence/staging/trail:log-stream:${account}_CloudTrail_eu-central-1*`,
        ],
      },
    ]);
    expect(statementsOf(role.Properties.AssumeRolePolicyDocument)).toMatchObject([
      {
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceArn': trailArn } },
      },
    ]);
  });
});

describe('what the trail records', () => {
  interface Field {
    readonly Field: string;
    readonly Equals?: readonly string[];
    readonly StartsWith?: readonly string[];
    readonly NotStartsWith?: readonly string[];
  }
  const selectors: readonly { readonly Name: string; readonly FieldSelectors: readonly Field[] }[] =
    only('AWS::CloudTrail::Trail').Properties.AdvancedEventSelectors;

  type Event = Readonly<Record<string, string>>;
  /** As CloudTrail reads selectors: positive values are alternatives, negative ones all hold, and fields all hold.
   *  Where an event has no such field nothing positive matches; AWS does not say that a negative one would not. */
  const isRecorded = (event: Event): boolean =>
    selectors.some(({ FieldSelectors }) =>
      FieldSelectors.every(({ Field, Equals, StartsWith, NotStartsWith = [] }) => {
        const value = event[Field] ?? '';
        return (
          (Equals?.includes(value) ?? true) &&
          (StartsWith?.some((start) => value.startsWith(start)) ?? true) &&
          !NotStartsWith.some((start) => value.startsWith(start))
        );
      }),
    );

  const by = (role: string) => ({ 'userIdentity.arn': `arn:aws:sts::${account}:assumed-role/${role}/session` });
  const human = by('AWSReservedSSO_Administrator_0123');
  const root = { 'userIdentity.arn': `arn:aws:iam::${account}:root` };
  const data = (type: string, arn: string): Event => ({
    eventCategory: 'Data',
    'resources.type': type,
    'resources.ARN': arn,
  });
  const table = (name: string) =>
    data('AWS::DynamoDB::Table', `arn:aws:dynamodb:eu-central-1:${account}:table/ringfence-staging-${name}`);
  const stream = data(
    'AWS::DynamoDB::Stream',
    `arn:aws:dynamodb:eu-central-1:${account}:table/ringfence-staging-audit/stream/2026-11-01T00:00:00.000`,
  );
  const invocation = (name: string) =>
    data('AWS::Lambda::Function', `arn:aws:lambda:eu-central-1:${account}:function:ringfence-staging-${name}`);
  const object = (bucket: string, key: string) => data('AWS::S3::Object', `arn:aws:s3:::${bucket}/${key}`);

  const ourRoles = functions.flatMap((spec) => [
    `ringfence-staging-${spec.name}`,
    ...(Object.keys(touchesOf(spec)).length > 0 ? [`ringfence-staging-${spec.name}-tenant`] : []),
  ]);

  it.each(Object.keys(tables))('is who reads or writes the table %s, unless it is our own code', (name) => {
    expect(isRecorded({ ...table(name), ...human })).toBe(true);
    expect(isRecorded({ ...table(name), ...root })).toBe(true);
    for (const role of ourRoles) expect([role, isRecorded({ ...table(name), ...by(role) })]).toEqual([role, false]);
  });

  it.each([
    ['a role whose name begins like one of ours', { ...table('records'), ...by('ringfence-staging-catalog2') }, true],
    [
      'our role of another account',
      { ...table('records'), 'userIdentity.arn': 'arn:aws:sts::222222222222:assumed-role/ringfence-staging-catalog/x' },
      true,
    ],
    [
      'a user named like one of our roles',
      { ...table('records'), 'userIdentity.arn': `arn:aws:iam::${account}:user/ringfence-staging-catalog` },
      true,
    ],
    ['the deployment role', { ...table('records'), ...by('cdk-hnb659fds-cfn-exec-role') }, true],
    ['a person at the stream of audit events', { ...stream, ...human }, true],
    ['Lambda at the stream, in the name of its function', { ...stream, ...by('ringfence-staging-archive') }, false],
    ['a person who invokes a function', { ...invocation('catalog'), ...human }, true],
    ['a person who invokes a version of it', { ...invocation('catalog:7'), ...human }, true],
    ['the gateway, which has no ARN', invocation('catalog'), false],
    [
      'a person at another function of the account',
      { ...data('AWS::Lambda::Function', `arn:aws:lambda:eu-central-1:${account}:function:other`), ...human },
      false,
    ],
    [
      'a person at another table',
      { ...data('AWS::DynamoDB::Table', `arn:aws:dynamodb:eu-central-1:${account}:table/other`), ...human },
      false,
    ],
    ['a person at the archive', { ...object(locked, 'audit/000000000001.ndjson'), ...human }, true],
    [
      'the archive function at the archive',
      { ...object(locked, 'audit/000000000001.ndjson'), ...by('ringfence-staging-archive') },
      true,
    ],
    [
      'CloudTrail, which would record itself for ever',
      object(locked, `AWSLogs/${account}/CloudTrail/x.json.gz`),
      false,
    ],
    ['an object elsewhere', { ...object('other', 'audit/x'), ...human }, false],
    ['a management event of anybody', { eventCategory: 'Management' }, true],
    ['a call to KMS', { eventCategory: 'Management', eventSource: 'kms.amazonaws.com', readOnly: 'true' }, true],
  ] as const)('of %s: %j → %s', (_, event, recorded) => {
    expect(isRecorded(event)).toBe(recorded);
  });

  it('fits into what CloudTrail takes', () => {
    const values = selectors.flatMap(({ FieldSelectors }) =>
      FieldSelectors.flatMap(({ Field: _, ...operators }) => Object.values(operators).flat()),
    );
    expect(values.length).toBeLessThanOrEqual(500);
  });
});

describe('the locked bucket', () => {
  it.each([
    ['local', 'GOVERNANCE', 1, '000000000000'],
    ['staging', 'GOVERNANCE', 30, '111111111111'],
    ['production', 'COMPLIANCE', 400, '222222222222'],
  ])('of %s locks in mode %s for %d days', (stage, Mode, Days, owner) => {
    const { Properties } = bucketNamed(`ringfence-${stage}-trail-${owner}`, trailTemplate(stage));
    expect(Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, Days } } },
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });

  it('is encrypted under its own key, private, without ACLs, and every access to it is logged', () => {
    const { logicalId, Properties, DeletionPolicy } = bucketNamed(locked);
    expect([logicalId, DeletionPolicy]).toEqual(['TrailBucket', 'Retain']);
    expect(Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: { 'Fn::GetAtt': ['TrailKey', 'Arn'] },
            },
          },
        ],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      LoggingConfiguration: { DestinationBucketName: accessLogs },
    });
  });

  it('expires nothing of the archive, and logs of CloudTrail only after their lock', () => {
    const { Rules } = bucketNamed(locked).Properties.LifecycleConfiguration;
    expect(Rules).toEqual([expect.objectContaining({ Prefix: 'AWSLogs/', ExpirationInDays: 31 })]);
  });
});

describe('the bucket of access logs', () => {
  it('has no lock and no key of ours, or S3 would deliver nothing; and expires as logs do', () => {
    const { Properties } = bucketNamed(accessLogs);
    expect(Properties.ObjectLockEnabled).toBeUndefined();
    expect(Properties.ObjectLockConfiguration).toBeUndefined();
    expect(Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30 }] },
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });
  });
});
