import { findStage } from '../../lib/find-stage.ts';
import type { Ground } from './ground.ts';
import { guesses } from './guesses.ts';

const sessionOf = (account: string, role: string) => ({
  type: 'AssumedRole',
  arn: `arn:aws:sts::${account}:assumed-role/${role}/deploy`,
  accountId: account,
  sessionContext: {
    sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${account}:role/${role}`, accountId: account, userName: role },
  },
});

/** What a working day brings, by minute: a deploy by the pipeline, and an engineer who signs in with a second factor. */
const accountEvents = ({
  account,
  region,
  stage,
}: Ground): Readonly<Record<number, Readonly<Record<string, unknown>>>> => ({
  5: {
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    userIdentity: sessionOf(account, findStage(stage).pipelineRole),
    requestParameters: { roleArn: `arn:aws:iam::${account}:role/cdk-hnb659fds-deploy-role-${account}-${region}` },
  },
  20: {
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    eventType: 'AwsConsoleSignIn',
    userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/engineer`, userName: 'engineer' },
    additionalEventData: { MFAUsed: 'Yes' },
    responseElements: { ConsoleLogin: 'Success' },
  },
});

/** The calls of one minute: people who work, mistype a token, ask for what is gone, and may not do everything. */
const minute = async (ground: Ground, n: number): Promise<number> => {
  const { ask, tenant, other } = ground;
  const { token } = tenant;
  const calls: Promise<unknown>[] = [
    ask('GET', '/v1/services', { token }),
    ask('GET', '/v1/teams', { token: other.token }),
    ask('GET', '/v1/me', { token: other.token }),
  ];
  if (n % 5 === 0) calls.push(ask('POST', '/v1/teams', { token, body: { name: `Team ${Date.now()}` } }));
  if (n % 7 === 0) calls.push(ask('GET', '/v1/services/not-there', { token }));
  if (n % 12 === 0) calls.push(ask('POST', '/v1/services', { token, body: { tier: 9 } }));
  if (n % 15 === 0) calls.push(guesses(ground, 1, () => ({ from: '127.0.0.1' })));
  await Promise.all(calls);
  return calls.length;
};

/**
 * An hour of ordinary work, minute by minute of the twin's clock.
 * @param pass moves the clock on by so many milliseconds and lets everything that watches catch up.
 */
export const benignHour = async (
  ground: Ground,
  pass: (ms: number) => Promise<void>,
  onMinute: (n: number) => void,
): Promise<number> => {
  const events = accountEvents(ground);
  let calls = 0;
  for (let n = 0; n < 60; n += 1) {
    calls += await minute(ground, n);
    const event = events[n];
    if (event) await ground.inside.record(event);
    await pass(60_000);
    onMinute(n + 1);
  }
  return calls;
};
