import type { Endpoint, World } from '../../../local/aws/world.ts';
import type { JsonObject } from '../../../local/template/json.ts';
import { createTrail } from '../../../local/trail/create-trail.ts';
import type { Trail } from '../../../local/trail/trail.ts';
import type { Statement } from '../../../local/types.ts';
import { account, allow, policy, region, role } from './local-world.ts';

export const trailArn = `arn:aws:cloudtrail:${region}:${account}:trail/t`;
const groupArn = `arn:aws:logs:${region}:${account}:log-group:/trail:*`;
const cloudTrail = { Service: 'cloudtrail.amazonaws.com' };
const ofTrail = { StringEquals: { 'aws:SourceArn': trailArn } };

/** With which CloudTrail writes to the log group. */
export const trailRole = role('TrailRole', [allow('logs:*', `arn:aws:logs:${region}:${account}:log-group:/trail:*`)], {
  trust: policy({ Effect: 'Allow', Principal: cloudTrail, Action: 'sts:AssumeRole', Condition: ofTrail }),
});

const delivery: readonly Statement[] = [
  { Effect: 'Allow', Principal: cloudTrail, Action: 's3:GetBucketAcl', Resource: 'arn:aws:s3:::logs' },
  {
    ...{ Effect: 'Allow', Principal: cloudTrail, Action: 's3:PutObject' },
    Resource: `arn:aws:s3:::logs/AWSLogs/${account}/*`,
    Condition: { StringEquals: { ...ofTrail.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } },
  },
];

export interface Watched {
  readonly trail: Trail;
  /** Records in the log group. */
  readonly lines: JsonObject[];
  readonly events: JsonObject[];
  readonly add: (properties: Readonly<Record<string, unknown>>, bucketPolicy?: readonly Statement[]) => void;
}

/** CloudTrail over an endpoint, with the bucket, the role and the log group that a trail needs. */
export const watchedBy = (endpoint: Endpoint, world: World): Watched => {
  const lines: JsonObject[] = [];
  const events: JsonObject[] = [];
  const trail = createTrail({
    world,
    endpoint,
    write: ({ group, message }) => {
      if (group === '/trail') lines.push(JSON.parse(message));
    },
    putEvent: async (event) => {
      events.push(event);
    },
  });
  return {
    ...{ trail, lines, events },
    add: (properties, bucketPolicy = delivery) => {
      endpoint.buckets.create({ BucketName: 'logs' });
      endpoint.buckets.addPolicy({ Bucket: 'logs', PolicyDocument: policy(...bucketPolicy) });
      trail.addTrail({
        ...{ TrailName: 't', IsLogging: true, S3BucketName: 'logs' },
        ...{ CloudWatchLogsLogGroupArn: groupArn, CloudWatchLogsRoleArn: trailRole.arn },
        ...properties,
      });
    },
  };
};
