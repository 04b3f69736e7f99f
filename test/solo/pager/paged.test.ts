import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { putPagerSecret } from '../../../bin/on-call.ts';
import { type StandIns, startStandIns } from '../../../local/stand-ins/stand-ins.ts';
import { startTwin, type Twin } from '../../../local/twin.ts';
import { metricOf, synthPager } from './synth-pager.ts';

/** The pager as it is bundled and deployed, with its role, keys and policies, in the twin. */
const folder = mkdtempSync(join(tmpdir(), 'ringfence-paged-'));
const minuteMs = 60_000;
let twin: Twin;
let standIns: StandIns;

beforeAll(async () => {
  standIns = await startStandIns();
  twin = await startTwin({ assembly: synthPager(join(folder, 'assembly')), data: join(folder, 'data') });
  await putPagerSecret(twin, standIns);
});
afterAll(async () => {
  await twin?.stop();
  await standIns?.stop();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => standIns.behave());

const nextMinute = (): void => twin.clock.advance(minuteMs - (twin.clock.now() % minuteMs) + 1);
const fire = (name: Parameters<typeof metricOf>[0]): void => {
  nextMinute();
  twin.watch.measured(metricOf(name), twin.clock.now(), 1);
  nextMinute();
};

/** Waits for what comes, however slow the machine; a test that waits for nothing runs into its own limit. */
const until = async <T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await wait(50);
  }
};
const alertOf = (name: string) => standIns.alerts().find(({ dedupKey }) => dedupKey === `ringfence-local-${name}`);
const slackTexts = () => standIns.pages().flatMap(({ message }) => message?.text ?? []);
const client = <C>(Client: new (options: object) => C): C =>
  new Client({ endpoint: twin.endpointUrl, region: twin.region, credentials: twin.administrator });

it('an alarm pages at PagerDuty and Slack; its end resolves it', async () => {
  fire('api-slow');
  const alert = await until(() => alertOf('api-slow'));
  expect(alert).toMatchObject({ state: 'triggered', triggers: 1 });
  await until(() => slackTexts()[0]);
  // An alarm looks some minutes back where the newest have no data.
  await until(() => {
    nextMinute();
    return alertOf('api-slow')?.state === 'resolved' ? true : undefined;
  });
  await until(() => slackTexts().find((text) => text.includes('Quiet again')));
});

it('PagerDuty does not take it: Slack has it once, the retries fail, and it waits in the queue of dead letters', async () => {
  standIns.misbehave({ vendor: 'pagerduty', kind: 'too-many', retryAfterSeconds: 3600 });
  const refusals = () =>
    standIns.pages().filter(({ vendor, status }) => vendor === 'pagerduty' && status === 429).length;
  fire('tenant-boundary-touched');
  for (const tries of [1, 2, 3]) {
    await until(() => (refusals() >= tries ? true : undefined));
    // The invocation ends after its refusal, and only then waits for its next turn.
    await twin.messaging.settled();
    // Of Lambda's waits, one minute and then two, by the twin's clock.
    twin.clock.advance(2 * minuteMs + 1000);
  }
  const QueueUrl = `${twin.endpointUrl}/${twin.account}/ringfence-local-pager-dead`;
  const letter = await until(
    async () => (await client(SQSClient).send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0],
  );
  expect(JSON.parse(letter.Body ?? '')).toMatchObject({
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    requestPayload: {
      Records: [{ Sns: { Message: expect.stringContaining('ringfence-local-tenant-boundary-touched') } }],
    },
    responsePayload: { errorMessage: expect.stringContaining('PagerDuty did not take the page: 429') },
  });
  expect(alertOf('tenant-boundary-touched')).toBeUndefined();
  expect(slackTexts().filter((text) => text.includes('critical') && !text.includes('Quiet again'))).toHaveLength(1);
});

it('an administrator neither reads the secret nor publishes an alarm', async () => {
  const read = client(SecretsManagerClient).send(new GetSecretValueCommand({ SecretId: 'ringfence-local-pager' }));
  await expect(read).rejects.toMatchObject({ name: expect.stringMatching(/^AccessDenied/) });
  const TopicArn = `arn:aws:sns:${twin.region}:${twin.account}:ringfence-local-alarms`;
  const publish = client(SNSClient).send(new PublishCommand({ TopicArn, Message: '{}' }));
  await expect(publish).rejects.toMatchObject({ name: expect.stringMatching(/^Authorization/) });
});

it('no log line holds the routing key or the webhook', () => {
  const lines = JSON.stringify(twin.logs.since(0));
  expect(lines).toContain('paged');
  expect(lines).not.toContain(standIns.routingKey);
  expect(lines).not.toContain(new URL(standIns.slackWebhookUrl).pathname);
});
