import type { SecurityEvent } from '../../../lambdas/functions.ts';
import { functions } from '../../../lambdas/functions.ts';
import { leavesDeadLetters } from '../../../lib/constructs/paging-grants.ts';
import {
  apiMetric,
  call,
  functionMetric,
  logGroupMetric,
  queueMetric,
  reported,
} from '../../../lib/detecting/lines.ts';
import {
  administrator,
  awsService,
  dataRecord,
  deployment,
  type Identity,
  iamUser,
  record,
  roleSession,
  signIn,
} from '../../../lib/detecting/records.ts';
import type { Occurrence, TrailRecord } from '../../../lib/detecting/sample.ts';
import {
  alarmName,
  deploymentRoleName,
  functionName,
  logGroupName,
  pipelineTakesRoles,
  roleArn,
  tableArn,
} from '../../../lib/names.ts';
import type { Stage } from '../../../lib/stage.ts';

/** https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32: the same seed gives the same hours. */
const randomOf = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    const one = Math.imul(state ^ (state >>> 15), 1 | state);
    const two = (one + Math.imul(one ^ (one >>> 7), 61 | one)) ^ one;
    return ((two ^ (two >>> 14)) >>> 0) / 4_294_967_296;
  };
};

type Thing = Occurrence extends infer One ? (One extends Occurrence ? Omit<One, 'atSeconds'> : never) : never;
type At = (atSeconds: number, ...things: readonly Thing[]) => void;

interface Scene {
  readonly stage: Stage;
  readonly at: At;
  readonly random: () => number;
  readonly whole: (most: number) => number;
  readonly one: <T>(of: readonly T[]) => T;
  readonly seconds: number;
}

const tenants = Array.from({ length: 60 }, (_, n) => `tnt_${n}`);
const routes = ['/v1/services', '/v1/services/{service}', '/v1/teams', '/v1/tokens', '/v1/me', '/v1/audit-events'];
const addressOf = (tenant: string): string => `203.0.113.${1 + tenants.indexOf(tenant)}`;

/** One request, as the gateway logs and measures it, and the functions behind it. */
const request = ({ stage, at, random, one }: Scene, second: number, more: Readonly<Record<string, string>> = {}) => {
  const tenant = one(tenants);
  const latency = random() < 0.004 ? 1200 : 30 + Math.floor(random() * 120);
  const line = call({
    tenant,
    ip: addressOf(tenant),
    resourcePath: one(routes),
    responseLatency: `${latency}`,
    ...more,
  });
  const measured = apiMetric(stage);
  const { status } = line.access;
  at(
    second,
    line,
    measured('Count', 1),
    measured('Latency', latency),
    measured('4XXError', status.startsWith('4') ? 1 : 0),
    measured('5XXError', status.startsWith('5') ? 1 : 0),
  );
  if (line.access.integrationLatency !== '-')
    at(
      second,
      functionMetric(stage, 'catalog')('Duration', latency),
      functionMetric(stage, 'catalog')('Invocations', 1),
    );
  // Two of three answers of the authorizer are remembered.
  if (random() < 0.34)
    at(
      second,
      functionMetric(stage, 'authorizer')('Invocations', 1),
      functionMetric(stage, 'authorizer')('Duration', 20),
    );
  return tenant;
};

const traffic = (scene: Scene): void => {
  const { seconds, random, whole } = scene;
  for (let n = 0; n < 9000; n++) request(scene, whole(seconds), random() < 0.002 ? { status: '500' } : {});
  // A client in a loop runs into the limit of its route.
  const burst = whole(seconds - 60);
  for (let n = 0; n < 400; n++)
    request(scene, burst + (n % 20), { status: '429', errorType: 'THROTTLED', integrationLatency: '-' });
};

/** People mistype, tokens expire, and one customer's job goes on with an expired one. */
const refusals = (scene: Scene): void => {
  const { seconds, whole, one, at } = scene;
  const unauthorized = { status: '401', errorType: 'UNAUTHORIZED', integrationLatency: '-' };
  const failed = (second: number, event: Partial<Extract<SecurityEvent, { event: 'authentication-failed' }>>) =>
    at(second, reported({ event: 'authentication-failed', reason: 'malformed', ...event }, 'authorizer'));
  for (let n = 0; n < 150; n++) {
    const second = whole(seconds);
    const tenant = request(scene, second, unauthorized);
    failed(second, one([{}, { reason: 'wrong-secret', tenant, credential: 'tok_one' }, { reason: 'unknown', tenant }]));
  }
  for (let second = 0; second < seconds; second += 15) {
    request(scene, second, { ...unauthorized, ip: '198.51.100.20' });
    failed(second, { reason: 'expired', tenant: 'tnt_7', credential: 'tok_old' });
  }
};

const forbidden = (scene: Scene): void => {
  const { seconds, whole, one, at } = scene;
  for (let n = 0; n < 200; n++) {
    const second = whole(seconds);
    const tenant = request(scene, second, { status: '403' });
    const who = { tenant, principal: `usr_${tenant}_${whole(4)}`, credential: 'tok_one' };
    const operation = one(['createService', 'createTeam', 'issueToken']);
    at(
      second,
      one<Thing>([
        reported({ event: 'authorization-refused', ...who, operation, permission: 'teams:write', firstOnRoute: 'yes' }),
        reported({ event: 'authorization-refused', ...who, operation, permission: 'teams:write', firstOnRoute: 'no' }),
        reported({ event: 'token-exceeds-issuer', ...who }, 'tokens'),
        reported({ event: 'tenant-suspended-refused', ...who }, 'authorizer'),
        reported({ event: 'credential-in-url', operation, ...who }),
      ]),
    );
  }
};

/** A record reaches the log group, and is a line more in it. */
const recorded = ({ stage, at }: Scene, second: number, trail: TrailRecord): void =>
  at(second, { trail }, logGroupMetric(logGroupName(stage, 'trail'))('IncomingLogEvents', 1));

const functionsAtWork = (scene: Scene): void => {
  const { stage, seconds, whole, one } = scene;
  const calls = ['sts:AssumeRole', 'kms:Decrypt', 'kms:Sign', 'kms:GetPublicKey', 'secretsmanager:GetSecretValue'];
  for (let n = 0; n < 1500; n++) {
    const name = functionName(stage, one(functions));
    const requestParameters = { roleArn: roleArn(stage, `${name}-tenant`) };
    recorded(scene, whole(seconds), record(stage, one(calls), roleSession(stage, name, name), { requestParameters }));
  }
  for (let n = 0; n < 40; n++)
    recorded(scene, whole(seconds), record(stage, 'kms:Decrypt', awsService('dynamodb.amazonaws.com')));
};

const deploy = (scene: Scene, from: number): void => {
  const { stage } = scene;
  let second = from;
  const did = (action: string, by: Identity, more: TrailRecord = {}) =>
    recorded(scene, second++, record(stage, action, by, more));
  for (const role of pipelineTakesRoles(stage))
    did('sts:AssumeRole', roleSession(stage, stage.pipelineRole, 'main'), {
      requestParameters: { roleArn: roleArn(stage, role) },
    });
  const [starter = ''] = pipelineTakesRoles(stage);
  for (const name of ['foundation', 'api', 'detection']) {
    const stack = { stackName: `ringfence-${stage.name}-${name}`, roleARN: roleArn(stage, deploymentRoleName(stage)) };
    for (const action of ['CreateChangeSet', 'DescribeChangeSet', 'ExecuteChangeSet', 'DescribeStacks'])
      did(`cloudformation:${action}`, roleSession(stage, starter, 'aws-cdk'), { requestParameters: stack });
  }
  did('sts:AssumeRole', awsService('cloudformation.amazonaws.com'), {
    requestParameters: { roleArn: roleArn(stage, deploymentRoleName(stage)) },
  });
  const by = deployment(stage);
  for (const { name } of functions) {
    const requestParameters = { functionName: functionName(stage, { name }) };
    for (const action of [
      'UpdateFunctionCode20150331v2',
      'UpdateFunctionConfiguration20150331v2',
      'AddPermission20150331v2',
    ])
      did(`lambda:${action}`, by, { requestParameters });
  }
  for (const action of [
    'CreateRole',
    'PutRolePolicy',
    'UpdateAssumeRolePolicy',
    'DeleteRolePolicy',
    'AttachRolePolicy',
    'TagRole',
  ])
    did(`iam:${action}`, by, { awsRegion: 'us-east-1' });
  for (const action of ['PutBucketPolicy', 'PutBucketEncryption', 'PutBucketPublicAccessBlock', 'PutBucketLifecycle'])
    did(`s3:${action}`, by);
  for (const action of [
    'cloudtrail:UpdateTrail',
    'cloudtrail:PutEventSelectors',
    'kms:PutKeyPolicy',
    'monitoring:PutMetricAlarm',
    'logs:PutMetricFilter',
    'monitoring:DeleteAlarms',
    'logs:PutRetentionPolicy',
    'sns:SetTopicAttributes',
    'apigateway:PutRestApi',
    'apigateway:CreateDeployment',
    'apigateway:UpdateStage',
    'wafv2:UpdateWebACL',
    'dynamodb:UpdateTimeToLive',
  ])
    did(action, by);
  for (const action of ['PutRule', 'PutTargets', 'RemoveTargets'])
    did(`events:${action}`, by, { requestParameters: { name: alarmName(stage, 'trail-changed') } });
  did('dynamodb:UpdateTable', by, {
    requestParameters: { tableName: tableArn(stage, 'records'), deletionProtectionEnabled: true },
  });
  did('dynamodb:UpdateContinuousBackups', by, {
    requestParameters: { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } },
  });
  did('iam:CreateServiceLinkedRole', awsService('autoscaling.amazonaws.com'));
};

/** Operators sign in, look around, and run into what they may not. */
const operators = (scene: Scene): void => {
  const { stage, seconds, whole, one } = scene;
  const people = [
    administrator(stage),
    roleSession(stage, 'AWSReservedSSO_ReadOnly_0123456789abcdef', 'ada'),
    iamUser(stage, 'grace'),
  ];
  const reads = [
    'ec2:DescribeInstances',
    'dynamodb:DescribeTable',
    'lambda:GetFunction20150331v2',
    'lambda:ListFunctions20150331',
    'logs:FilterLogEvents',
    'kms:DescribeKey',
    'kms:ListKeys',
    's3:GetBucketPolicy',
    's3:ListBuckets',
    'iam:GetRole',
    'iam:ListUsers',
    'iam:GenerateCredentialReport',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:LookupEvents',
    'apigateway:GetRestApis',
    'cloudformation:DescribeStacks',
    'cloudformation:DetectStackDrift',
    'events:ListRules',
    'wafv2:UpdateIPSet',
  ];
  for (let n = 0; n < 1200; n++) recorded(scene, whole(seconds), record(stage, one(reads), one(people)));
  const lost = whole(seconds - 300);
  for (let n = 0; n < 12; n++)
    recorded(scene, lost + n * 20, record(stage, one(reads), one(people), { errorCode: 'AccessDenied' }));
  for (let n = 0; n < 20; n++)
    recorded(scene, whole(seconds), signIn(stage, iamUser(stage, 'grace'), 'Success', 'Yes'));
  for (let n = 0; n < 10; n++) recorded(scene, whole(seconds), signIn(stage, one(people.slice(0, 2)), 'Success', 'No'));
  const forgotten = whole(seconds - 300);
  for (let n = 0; n < 4; n++)
    recorded(scene, forgotten + n * 15, signIn(stage, iamUser(stage, 'grace'), 'Failure', 'No'));
  for (let n = 0; n < 30; n++)
    recorded(scene, whole(seconds), dataRecord(stage, 'lambda:InvokeFunctionUrl', one(people)));
};

const servicesOfAws = (scene: Scene): void => {
  const { stage, seconds, whole, at } = scene;
  for (let n = 0; n < 60; n++) {
    recorded(scene, whole(seconds), dataRecord(stage, 'lambda:Invoke', awsService('sns.amazonaws.com')));
    recorded(
      scene,
      whole(seconds),
      record(stage, 'kms:RotateKey', awsService('kms.amazonaws.com'), { eventType: 'AwsServiceEvent' }),
    );
  }
  for (let second = 0; second < seconds; second += 60)
    for (const { name } of functions.filter(leavesDeadLetters))
      at(second, queueMetric(stage, name)('ApproximateNumberOfMessagesVisible', 0));
};

/** Six hours of a platform whose customers, people and machines do what they should. */
export const benignHours = (stage: Stage, seed: number): readonly Occurrence[] => {
  const happens: Occurrence[] = [];
  const random = randomOf(seed);
  const whole = (most: number): number => Math.floor(random() * most);
  const one = <T>(of: readonly T[]): T => {
    const found = of[whole(of.length)];
    if (found === undefined) throw new Error('There is nothing to choose from.');
    return found;
  };
  const at: At = (atSeconds, ...things) => {
    for (const thing of things) happens.push({ ...thing, atSeconds } as Occurrence);
  };
  const scene: Scene = { stage, at, random, whole, one, seconds: 6 * 3600 };
  for (const part of [traffic, refusals, forbidden, functionsAtWork, operators, servicesOfAws]) part(scene);
  deploy(scene, 1800 + whole(600));
  deploy(scene, 12_000 + whole(600));
  return happens;
};
