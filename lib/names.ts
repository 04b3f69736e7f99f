import { type FunctionSpec, type Table, tableName } from '../lambdas/functions.ts';
import type { Stage } from './stage.ts';

/**
 * Names that policies are written against before the thing exists. They are fixed, so that deploy order is free and a
 * role that is deleted and made again has its rights: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
type Named = Pick<FunctionSpec, 'name'>;

/** Of the function, and of its execution role. */
export const functionName = (stage: Stage, { name }: Named): string => `ringfence-${stage.name}-${name}`;
export const tenantRoleName = (stage: Stage, spec: Named): string => `${functionName(stage, spec)}-tenant`;
export const logGroupName = (stage: Stage, purpose: string): string => `/ringfence/${stage.name}/${purpose}`;

/** Who subscribes to it is told of every alarm. */
export const alarmsTopicName = (stage: Stage): string => `ringfence-${stage.name}-alarms`;
/** Where the keys of PagerDuty and Slack are. */
export const pagerSecretName = (stage: Stage): string => `ringfence-${stage.name}-pager`;
/** Where what a function failed to handle waits. */
export const deadLetterQueueName = (stage: Stage, spec: Named): string => `${functionName(stage, spec)}-dead`;

export const roleArn = ({ account }: Stage, role: string): string => `arn:aws:iam::${account}:role/${role}`;
export const tableArn = (stage: Stage, table: Table): string =>
  `arn:aws:dynamodb:${stage.region}:${stage.account}:table/${tableName(stage.name, table)}`;
export const logGroupArn = ({ region, account }: Stage, name: string): string =>
  `arn:aws:logs:${region}:${account}:log-group:${name}`;

export const alarmsTopicArn = (stage: Stage): string =>
  `arn:aws:sns:${stage.region}:${stage.account}:${alarmsTopicName(stage)}`;
export const deadLetterQueueArn = (stage: Stage, spec: Named): string =>
  `arn:aws:sqs:${stage.region}:${stage.account}:${deadLetterQueueName(stage, spec)}`;
/** Secrets Manager ends an ARN with six characters of its own: https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html */
export const pagerSecretArn = (stage: Stage): string =>
  `arn:aws:secretsmanager:${stage.region}:${stage.account}:secret:${pagerSecretName(stage)}-??????`;

/** How the names of all roles begin that the default CDK bootstrap makes. */
export const bootstrapRoles = 'cdk-hnb659fds-';
/** The role with which CloudFormation deploys, of the default CDK bootstrap.
 *  Source: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
export const deploymentRoleName = ({ account, region }: Stage): string =>
  `${bootstrapRoles}cfn-exec-role-${account}-${region}`;
/** The roles that the pipeline takes to deploy: to start CloudFormation, and to upload what it deploys. */
export const pipelineTakesRoles = ({ account, region }: Stage): readonly string[] =>
  ['deploy', 'file-publishing', 'image-publishing'].map((role) => `${bootstrapRoles}${role}-role-${account}-${region}`);

/** CloudTrail's, of the whole account; also the role with which it writes to its log group is `<name>-trail`. */
export const trailName = ({ name }: Stage): string => `ringfence-${name}`;
export const trailArn = (stage: Stage): string =>
  `arn:aws:cloudtrail:${stage.region}:${stage.account}:trail/${trailName(stage)}`;
/** The locked bucket. Bucket names are the world's: the account makes them ours. */
export const trailBucketName = ({ name, account }: Stage): string => `ringfence-${name}-trail-${account}`;
export const accessLogsBucketName = ({ name, account }: Stage): string => `ringfence-${name}-access-logs-${account}`;
export const bucketArn = (name: string): string => `arn:aws:s3:::${name}`;

/** Of the alarm, the composite alarm or the event rule of a detection, or of a group of them. */
export const alarmName = (stage: Stage, detection: string): string => `ringfence-${stage.name}-${detection}`;
/** Of a Contributor Insights rule. */
export const insightRuleName = (stage: Stage, rule: string): string => `ringfence-${stage.name}-${rule}`;
export const dashboardName = (stage: Stage): string => `ringfence-${stage.name}`;
/** The gateway's, and so the dimension of its metrics. */
export const apiName = (stage: Stage): string => `ringfence-${stage.name}`;

/** `data-keys` → `DataKeys`: logical ids and statement ids are letters and digits only. */
export const pascal = (words: string): string =>
  words.replace(/(?:^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
