import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  App,
  aws_lambda_destinations as destinations,
  aws_events as events,
  aws_iam as iam,
  aws_kms as kms,
  aws_lambda as lambda,
  Stack,
  aws_secretsmanager as secretsmanager,
  aws_sns as sns,
  aws_sqs as sqs,
  aws_sns_subscriptions as subscriptions,
  aws_events_targets as targets,
} from 'aws-cdk-lib';
import { startTwin, type Twin } from '../../../local/twin.ts';

const resolveModule = createRequire(join(process.cwd(), 'package.json')).resolve;

/** Reads the secret and sends what it gets on to a queue, or fails when the message says so. */
const source = `
  const { SecretsManagerClient, GetSecretValueCommand } = require('${resolveModule('@aws-sdk/client-secrets-manager')}');
  const { SQSClient, SendMessageCommand } = require('${resolveModule('@aws-sdk/client-sqs')}');
  exports.handler = async (event) => {
    const message = event.Records?.[0].Sns.Message ?? JSON.stringify(event);
    if (message.includes('fail')) throw new Error('asked to fail');
    const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: process.env.SECRET }));
    await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: process.env.OUT, MessageBody: SecretString + ': ' + message }));
  };`;

/** What constructs of the CDK make of a pager: topic, function, dead letters, secret, rule; all under one key. */
const synthesize = (directory: string): string => {
  const app = new App({ outdir: join(directory, 'assembly'), context: { 'aws:cdk:version-reporting': false } });
  const stack = new Stack(app, 'Paging', { env: { account: '000000000000', region: 'eu-central-1' } });
  const code = join(directory, 'bundle');
  mkdirSync(code);
  writeFileSync(join(code, 'index.js'), source);
  const key = new kms.Key(stack, 'Key');
  const queue = (name: string) => new sqs.Queue(stack, name, { queueName: name, encryptionMasterKey: key });
  const [out, dead, records] = [queue('out'), queue('dead'), queue('records')];
  const secret = new secretsmanager.Secret(stack, 'Secret', { secretName: 'pager', encryptionKey: key });
  const pager = new lambda.Function(stack, 'Pager', {
    functionName: 'pager',
    code: lambda.Code.fromAsset(code),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    deadLetterQueue: dead,
    onFailure: new destinations.SqsDestination(records),
    retryAttempts: 1,
    environment: { OUT: out.queueUrl, SECRET: secret.secretArn },
  });
  out.grantSendMessages(pager);
  secret.grantRead(pager);
  const topic = new sns.Topic(stack, 'Topic', { topicName: 'alarms', masterKey: key });
  topic.addSubscription(new subscriptions.LambdaSubscription(pager));
  topic.addSubscription(new subscriptions.EmailSubscription('on-call@example.com'));
  topic.addSubscription(new subscriptions.SqsSubscription(records, { rawMessageDelivery: true }));
  const alarms = new iam.ServicePrincipal('cloudwatch.amazonaws.com');
  topic.grantPublish(alarms);
  key.grantEncryptDecrypt(alarms);
  const rule = new events.Rule(stack, 'Rule', { eventPattern: { source: ['aws.kms'] } });
  rule.addTarget(
    new targets.SnsTopic(topic, {
      message: events.RuleTargetInput.fromObject({ event: events.EventField.fromPath('$') }),
    }),
  );
  key.grantEncryptDecrypt(new iam.ServicePrincipal('events.amazonaws.com'));
  return app.synth().directory;
};

let directory: string;
let twin: Twin;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'twin-messaging-'));
  jest.spyOn(console, 'error').mockImplementation(() => {});
  twin = await startTwin({ assembly: synthesize(directory) });
  await client(SecretsManagerClient).send(new PutSecretValueCommand({ SecretId: 'pager', SecretString: 'key' }));
});
afterAll(async () => {
  await twin.stop();
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

const client = <T>(Client: new (config: object) => T): T =>
  new Client({
    ...{ endpoint: twin.endpointUrl, region: twin.region, credentials: twin.administrator },
    systemClockOffset: twin.clock.now() - Date.now(),
  });
/** Takes a message out of a queue. */
const receive = async (name: string): Promise<string | undefined> => {
  const QueueUrl = `${twin.endpointUrl}/${twin.account}/${name}`;
  const { Messages } = await client(SQSClient).send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
  const [message] = Messages ?? [];
  await client(SQSClient).send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
  return message?.Body;
};
const publish = (body: string) =>
  twin.messaging.publishAs(
    'cloudwatch.amazonaws.com',
    `arn:aws:sns:${twin.region}:${twin.account}:alarms`,
    { body },
    `arn:aws:cloudwatch:${twin.region}:${twin.account}:alarm:x`,
  );

it('takes an alarm through topic and function, with its secret and its queue, all under one key', async () => {
  await publish('ALARM');
  expect(await receive('out')).toBe('key: ALARM');
  expect(await receive('records')).toBe('ALARM');
  expect(twin.messaging.emails).toMatchObject([{ to: 'on-call@example.com', body: 'ALARM' }]);
});

it('takes an event through rule, topic and function', async () => {
  const event = {
    source: 'aws.kms',
    'detail-type': 'AWS API Call via CloudTrail',
    detail: { eventName: 'DisableKey' },
  };
  await twin.messaging.putEvent(event);
  expect(JSON.parse((await receive('out'))?.replace('key: ', '') ?? '')).toEqual({ event });
  expect(JSON.parse((await receive('records')) ?? '')).toEqual({ event });
});

it("buries what fails under the function's own role, when the clock has passed its retries", async () => {
  await publish('fail');
  expect(await receive('records')).toBe('fail');
  await twin.messaging.settled();
  twin.clock.advance(60_000);
  const dead = JSON.parse((await receive('dead')) ?? '{}');
  expect(dead.Records[0].Sns.Message).toBe('fail');
  const record = JSON.parse((await receive('records')) ?? '{}');
  expect(record).toMatchObject({
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
    responsePayload: { errorMessage: 'asked to fail' },
  });
});
