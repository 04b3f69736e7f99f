import { optionalText, text } from '../aws/fields.ts';
import type { Bucket } from '../aws/s3/bucket.ts';
import type { Endpoint, Properties, World } from '../aws/world.ts';
import { authorize } from '../iam/evaluate.ts';
import { roleSession } from '../iam/role-session.ts';
import { TwinError } from '../twin-error.ts';
import type { Decision, PolicyDocument, Principal, RequestContext } from '../types.ts';

interface Question {
  readonly what: string;
  readonly action: string;
  readonly resource: string;
  readonly policy?: PolicyDocument | undefined;
  readonly context?: RequestContext;
}

const service = 'cloudtrail.amazonaws.com';

/**
 * What CloudTrail tries when a trail is made: the bucket's policy and the key must let it deliver for this trail, the role
 * must let it in and write to the log group. Throws `TwinError` where one does not, as the deployment fails on AWS.
 * Sources: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export const checkDelivery = (properties: Properties, trailArn: string, endpoint: Endpoint, world: World): void => {
  const { account } = world;
  const from = { 'aws:SourceArn': trailArn, 'aws:SourceAccount': account };
  const asService: Principal = { kind: 'service', service, account };
  const must = (principal: Principal, { what, action, resource, policy, context }: Question): void => {
    const request = { principal, action, resource, context: { 'aws:SecureTransport': 'true', ...from, ...context } };
    const decision = authorize(request, {
      owner: account,
      ...(policy ? { policy: { name: what, document: policy } } : {}),
    });
    if (!decision.allowed) throw refused(trailArn, decision);
  };

  const bucket = bucketOf(properties, endpoint);
  const { policy } = bucket;
  const what = `policy of bucket ${bucket.name}`;
  const prefix = optionalText(properties, 'S3KeyPrefix');
  const place = `${prefix === undefined ? '' : `${prefix}/`}AWSLogs/${account}/CloudTrail/x`;
  must(asService, { what, action: 's3:GetBucketAcl', resource: bucket.arn, policy });
  const acl = { 's3:x-amz-acl': 'bucket-owner-full-control' };
  must(asService, { what, action: 's3:PutObject', resource: `${bucket.arn}/${place}`, policy, context: acl });

  const keyId = optionalText(properties, 'KMSKeyId');
  if (keyId !== undefined) {
    const key = endpoint.keys.require(keyId);
    const context = { 'kms:EncryptionContext:aws:cloudtrail:arn': trailArn };
    const question = { what: `key policy of ${key.id}`, resource: key.arn, policy: key.policy, context };
    must(asService, { ...question, action: 'kms:GenerateDataKey' });
  }

  const group = optionalText(properties, 'CloudWatchLogsLogGroupArn');
  if (group === undefined) return;
  const roleArn = text(properties, 'CloudWatchLogsRoleArn');
  const role = [...world.roles.values()].find(({ arn }) => arn === roleArn);
  if (!role)
    throw new TwinError(`Trail ${trailArn} has the role ${roleArn}, which no stack has.`, 'Correct the stack.');
  must(asService, { what: 'trust policy', action: 'sts:AssumeRole', resource: role.arn, policy: role.trust });
  const session = roleSession(role, account, 'CLOUDTRAIL');
  const stream = `${group.replace(/:\*$/, '')}:log-stream:${account}_CloudTrail_${world.region}`;
  for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents'])
    must(session, { what: 'role', action, resource: stream });
};

const bucketOf = (properties: Properties, { buckets }: Endpoint): Bucket => {
  const name = text(properties, 'S3BucketName');
  const bucket = buckets.find(name);
  if (bucket) return bucket;
  throw new TwinError(`A trail delivers to bucket ${name}, which no stack has.`, 'Make it before the trail.');
};

const refused = (trailArn: string, { reason }: Decision): TwinError =>
  new TwinError(`Trail ${trailArn} cannot deliver: ${reason}`, 'Correct the policy: CloudTrail refuses such a trail.');
