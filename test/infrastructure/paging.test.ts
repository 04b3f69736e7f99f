import { authorize } from '../../local/iam/evaluate.ts';
import { parsePolicy } from '../../local/iam/parse-policy.ts';
import type { PolicyDocument, Principal, RequestContext } from '../../local/types.ts';
import { pagingTemplate } from './paging-template.ts';
import { resourcesOf, roleNamed } from './synthesized.ts';

/** The policies on the way from an alarm to the on-call, attacked through the evaluator that the twin asks. */
const account = '111111111111';
const stranger = '999999999999';
const topic = `arn:aws:sns:eu-central-1:${account}:ringfence-staging-alarms`;
const queue = `arn:aws:sqs:eu-central-1:${account}:ringfence-staging-pager-dead`;
const secret = `arn:aws:secretsmanager:eu-central-1:${account}:secret:ringfence-staging-pager-a1B2c3`;
const keyArn = `arn:aws:kms:eu-central-1:${account}:key/paging`;
const template = JSON.parse(
  JSON.stringify(pagingTemplate('staging'))
    .replaceAll('{"Fn::GetAtt":["PagingKey","Arn"]}', JSON.stringify(keyArn))
    .replaceAll(/\{"Ref":"Paging\w*Secret\w*"\}/g, JSON.stringify(secret)),
);
const only = (type: string, resources = template) => {
  const [found, ...more] = resourcesOf(resources, type);
  if (!found || more.length > 0) throw new Error(`The template has ${more.length + 1} of ${type}, expected one.`);
  return found.Properties;
};
const topicPolicy = parsePolicy(only('AWS::SNS::TopicPolicy').PolicyDocument, 'the topic policy', 'resource');
const queuePolicy = parsePolicy(only('AWS::SQS::QueuePolicy').PolicyDocument, 'the queue policy', 'resource');
const keyPolicy = parsePolicy(only('AWS::KMS::Key').KeyPolicy, 'the key policy', 'resource');
const secretPolicy = parsePolicy(
  only('AWS::SecretsManager::ResourcePolicy').ResourcePolicy,
  'the secret policy',
  'resource',
);

const everything: PolicyDocument = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
};
const role = (roleName: string, policies: readonly PolicyDocument[] = [everything], of = account): Principal => ({
  kind: 'session',
  arn: `arn:aws:sts::${of}:assumed-role/${roleName}/x`,
  account: of,
  roleName,
  roleArn: `arn:aws:iam::${of}:role/${roleName}`,
  sessionName: 'x',
  tags: {},
  policies: [...policies],
});
const service = (name: string): Principal => ({ kind: 'service', service: name, account });
const pagerPolicies = roleNamed(template, 'ringfence-staging-pager').Properties.Policies.map(
  ({ PolicyDocument: document }: { PolicyDocument: unknown }) => parsePolicy(document, 'own', 'identity'),
);
const pager = role('ringfence-staging-pager', pagerPolicies);
const administrator = role('Administrator');

const tls = { 'aws:SecureTransport': 'true' };
const may = (
  principal: Principal,
  action: string,
  [resource, document]: readonly [string, PolicyDocument],
  context: RequestContext = tls,
): boolean =>
  authorize({ principal, action, resource, context }, { policy: { name: 'its policy', document }, owner: account })
    .allowed;
const toTopic = [topic, topicPolicy] as const;
const toQueue = [queue, queuePolicy] as const;
const toKey = [keyArn, keyPolicy] as const;
const toSecret = [secret, secretPolicy] as const;

const alarmOf = (name: string, of = account) => ({
  ...tls,
  'aws:SourceAccount': of,
  'aws:SourceArn': `arn:aws:cloudwatch:eu-central-1:${of}:alarm:${name}`,
});
const ourAlarm = alarmOf('ringfence-staging-root-used');
const cloudWatch = service('cloudwatch.amazonaws.com');
const eventBridge = service('events.amazonaws.com');

describe('the topic of alarms', () => {
  it('is published to by CloudWatch for alarms of this stage and account', () => {
    expect(may(cloudWatch, 'sns:Publish', toTopic, ourAlarm)).toBe(true);
  });

  it.each([
    ['of another account', alarmOf('ringfence-staging-root-used', stranger)],
    ['of another stage', alarmOf('ringfence-production-root-used')],
    ['of somebody else', alarmOf('their-alarm')],
    ['that does not say whose it is', tls],
  ])('not for an alarm %s', (_, context) => {
    expect(may(cloudWatch, 'sns:Publish', toTopic, context)).toBe(false);
  });

  it('is published to by EventBridge, which says no more than that', () => {
    expect(may(eventBridge, 'sns:Publish', toTopic)).toBe(true);
  });

  it.each([
    ['an administrator', administrator],
    ['the pager', pager],
    ['the role of another account', role('Administrator', [everything], stranger)],
    ['S3', service('s3.amazonaws.com')],
    ['Lambda', service('lambda.amazonaws.com')],
  ])('is not published to by %s, whatever its own policies allow', (_, principal) => {
    expect(may(principal, 'sns:Publish', toTopic, ourAlarm)).toBe(false);
  });

  it('takes nothing in the clear', () => {
    for (const principal of [cloudWatch, eventBridge])
      expect(may(principal, 'sns:Publish', toTopic, { ...ourAlarm, 'aws:SecureTransport': 'false' })).toBe(false);
  });

  it('is encrypted under our key, and has no other policy', () => {
    expect(only('AWS::SNS::Topic')).toMatchObject({ TopicName: 'ringfence-staging-alarms', KmsMasterKeyId: keyArn });
  });
});

describe('the queue of dead letters', () => {
  const undeliverable = { ...tls, 'aws:SourceArn': topic };

  it('takes what Lambda leaves in the pager’s name, and what the topic could not deliver', () => {
    expect(may(pager, 'sqs:SendMessage', toQueue)).toBe(true);
    expect(may(service('sns.amazonaws.com'), 'sqs:SendMessage', toQueue, undeliverable)).toBe(true);
  });

  it('takes nothing of another topic, of another account, or in the clear', () => {
    expect(
      may(service('sns.amazonaws.com'), 'sqs:SendMessage', toQueue, { ...tls, 'aws:SourceArn': `${topic}x` }),
    ).toBe(false);
    expect(may(role('x', [everything], stranger), 'sqs:SendMessage', toQueue)).toBe(false);
    expect(may(pager, 'sqs:SendMessage', toQueue, { 'aws:SecureTransport': 'false' })).toBe(false);
  });

  it('keeps them for fourteen days, encrypted', () => {
    expect(only('AWS::SQS::Queue')).toMatchObject({
      QueueName: 'ringfence-staging-pager-dead',
      MessageRetentionPeriod: 14 * 24 * 3600,
      KmsMasterKeyId: keyArn,
    });
  });
});

describe('the secret of the pager', () => {
  it('is read by the pager alone, administrators and the deployment included', () => {
    expect(may(pager, 'secretsmanager:GetSecretValue', toSecret)).toBe(true);
    for (const principal of [
      administrator,
      role('cdk-hnb659fds-cfn-exec-role-111111111111-eu-central-1'),
      role('ringfence-staging-pager2'),
      role('ringfence-staging-pager', [everything], stranger),
    ])
      expect(may(principal, 'secretsmanager:GetSecretValue', toSecret)).toBe(false);
  });

  it('is put by whom IAM lets; the pager puts nothing', () => {
    expect(may(administrator, 'secretsmanager:PutSecretValue', toSecret)).toBe(true);
    expect(may(pager, 'secretsmanager:PutSecretValue', toSecret)).toBe(false);
  });

  it('is copied to no other region, where this policy would not hold', () => {
    for (const principal of [administrator, pager])
      expect(may(principal, 'secretsmanager:ReplicateSecretToRegions', toSecret)).toBe(false);
  });

  it('has no value in the template, and our key', () => {
    expect(only('AWS::SecretsManager::Secret')).toEqual({
      Name: 'ringfence-staging-pager',
      Description: expect.any(String),
      KmsKeyId: keyArn,
      Tags: undefined,
    });
  });
});

describe('the key of paging', () => {
  const decrypts = (principal: Principal, context: RequestContext) => may(principal, 'kms:Decrypt', toKey, context);
  const throughSecret = {
    'kms:ViaService': 'secretsmanager.eu-central-1.amazonaws.com',
    'kms:EncryptionContext:SecretARN': secret,
  };
  const throughQueue = { 'kms:ViaService': 'sqs.eu-central-1.amazonaws.com' };

  it('opens for the pager through its secret and its queue, and not directly', () => {
    expect(decrypts(pager, throughSecret)).toBe(true);
    expect(decrypts(pager, throughQueue)).toBe(true);
    expect(decrypts(pager, {})).toBe(false);
    expect(
      decrypts(pager, { ...throughSecret, 'kms:EncryptionContext:SecretARN': secret.replace('pager', 'other') }),
    ).toBe(false);
  });

  it('opens for others only to read dead letters, and to put the secret, whose own policy keeps them from reading it', () => {
    expect(decrypts(administrator, {})).toBe(false);
    expect(decrypts(administrator, { 'kms:ViaService': 'sns.eu-central-1.amazonaws.com' })).toBe(false);
    expect(decrypts(administrator, throughQueue)).toBe(true);
    expect(may(administrator, 'kms:GenerateDataKey', toKey, throughQueue)).toBe(false);
    expect(decrypts(role('Administrator', [everything], stranger), throughQueue)).toBe(false);
    expect(decrypts(administrator, throughSecret)).toBe(true);
    expect(may(administrator, 'secretsmanager:GetSecretValue', toSecret)).toBe(false);
    expect(decrypts(role('Administrator', [everything], stranger), throughSecret)).toBe(false);
  });

  it('serves CloudWatch for our alarms, EventBridge, and SNS for our topic', () => {
    const serves = (name: string, context: RequestContext) =>
      may(service(name), 'kms:GenerateDataKey', toKey, context) && may(service(name), 'kms:Decrypt', toKey, context);
    expect(serves('cloudwatch.amazonaws.com', ourAlarm)).toBe(true);
    expect(serves('cloudwatch.amazonaws.com', alarmOf('ringfence-staging-x', stranger))).toBe(false);
    expect(serves('events.amazonaws.com', {})).toBe(true);
    expect(serves('sns.amazonaws.com', { 'aws:SourceAccount': account, 'aws:SourceArn': topic })).toBe(true);
    expect(serves('sns.amazonaws.com', { 'aws:SourceAccount': account, 'aws:SourceArn': `${topic}x` })).toBe(false);
    expect(serves('s3.amazonaws.com', ourAlarm)).toBe(false);
  });
});

describe('the pager', () => {
  it('is invoked by the topic alone', () => {
    expect(only('AWS::Lambda::Permission')).toMatchObject({
      Action: 'lambda:InvokeFunction',
      Principal: 'sns.amazonaws.com',
      SourceArn: { Ref: expect.stringMatching(/^PagingAlarms/) },
    });
  });

  it('is tried again twice, and what it gave up goes to the queue', () => {
    expect(only('AWS::Lambda::EventInvokeConfig')).toMatchObject({
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 6 * 3600,
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': [expect.stringMatching(/^PagingPagerDead/), 'Arn'] } },
      },
    });
  });

  it('is subscribed, and so is the e-mail address of the stage, where it has one', () => {
    const subscribed = (stage: string, changed = {}) =>
      resourcesOf(pagingTemplate(stage, changed), 'AWS::SNS::Subscription')
        .map(({ Properties: { Protocol, Endpoint, RedrivePolicy } }) =>
          Protocol === 'email' ? Endpoint : `${Protocol} ${RedrivePolicy === undefined ? 'without' : 'with'} a queue`,
        )
        .sort();
    expect(subscribed('staging')).toEqual(['lambda with a queue', 'on-call@example.com']);
    expect(subscribed('local')).toEqual(['lambda with a queue']);
  });

  it('uses keys through a service only, by its own policy too', () => {
    const statements = pagerPolicies.flatMap(({ Statement }: PolicyDocument) => [Statement].flat());
    const ofKeys = statements.filter(({ Action }: { Action?: unknown }) => String(Action).includes('kms:'));
    expect(ofKeys).toHaveLength(3);
    for (const { Condition } of ofKeys) expect(JSON.stringify(Condition)).toContain('kms:ViaService');
  });

  it('has the rights of its entrance and no other', () => {
    const actions = pagerPolicies.flatMap(({ Statement }: PolicyDocument) =>
      [Statement].flat().flatMap(({ Action }) => [Action ?? []].flat()),
    );
    expect([...new Set(actions)].sort()).toEqual([
      'cloudwatch:GetInsightRuleReport',
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
      'sqs:SendMessage',
    ]);
  });
});
