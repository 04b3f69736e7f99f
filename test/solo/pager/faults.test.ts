import { parseChannels } from '../../../lambdas/pager/channels.ts';
import type { Misbehaviour } from '../../../local/stand-ins/misbehaviour.ts';
import { alarmMessage, eventMessage, snsEvent } from '../../unit/pager/samples.ts';
import { type PagerUnderTest, startPager } from './pager-under-test.ts';

let pager: PagerUnderTest;
beforeEach(async () => {
  pager = await startPager();
});
afterEach(() => pager.standIns.stop());

const boundary = () => snsEvent(alarmMessage('tenant-boundary-touched', 'ALARM', 0), 'message-1');
const told = () => [pager.taken('pagerduty').length, pager.taken('slack').length];

it('one alarm is one page at each vendor', async () => {
  await pager.deliver(boundary());
  expect(told()).toEqual([1, 1]);
  expect(pager.standIns.alerts()).toMatchObject([
    { dedupKey: 'ringfence-local-tenant-boundary-touched', state: 'triggered', severity: 'critical', triggers: 1 },
  ]);
});

describe.each(['pagerduty', 'slack'] as const)('when %s misbehaves for a while', (vendor) => {
  it.each<Omit<Misbehaviour, 'vendor'>>([
    { kind: 'too-many', times: 2 },
    { kind: 'fault', times: 3 },
    { kind: 'hang', times: 1 },
    { kind: 'close', times: 2 },
  ])('%j: one page at each, none lost', async (misbehaviour) => {
    pager.standIns.misbehave({ vendor, ...misbehaviour });
    await pager.deliver(boundary(), misbehaviour.kind === 'hang' ? { attemptMs: 1500 } : {});
    expect(told()).toEqual([1, 1]);
    expect(pager.pauses).toHaveLength(misbehaviour.times ?? 0);
  });

  it('waits as long as it is asked to', async () => {
    pager.standIns.misbehave({ vendor, kind: 'too-many', times: 1, retryAfterSeconds: 7 });
    await pager.deliver(boundary());
    expect(pager.pauses).toEqual([7000]);
  });

  it('and for longer than there is time: the other is told, the invocation fails, its retry tells only who was not', async () => {
    pager.standIns.misbehave({ vendor, kind: 'fault' });
    await expect(pager.deliver(boundary())).rejects.toThrow(
      `${vendor === 'slack' ? 'Slack' : 'PagerDuty'} did not take the page: 500`,
    );
    expect(told()).toEqual(vendor === 'slack' ? [1, 0] : [0, 1]);
    expect(pager.lines.join()).toContain('page not taken');
    pager.standIns.behave();
    await pager.deliver(boundary());
    expect(told()).toEqual([1, 1]);
  });

  it('a refusal is not tried again, and not thrown away', async () => {
    pager.standIns.misbehave({ vendor, kind: 'refuse' });
    await expect(pager.deliver(boundary())).rejects.toThrow('did not take the page: 400');
    expect(pager.pauses).toEqual([]);
  });

  it('asked to wait longer than it lives, it leaves it to the next try', async () => {
    pager.standIns.misbehave({ vendor, kind: 'too-many', retryAfterSeconds: 600 });
    await expect(pager.deliver(boundary())).rejects.toThrow('did not take the page: 429');
    expect(pager.pauses).toEqual([]);
  });
});

it('when both are down nothing is lost: the invocation fails until they are back', async () => {
  pager.standIns.misbehave({ vendor: 'pagerduty', kind: 'close' });
  pager.standIns.misbehave({ vendor: 'slack', kind: 'hang' });
  await expect(pager.deliver(boundary(), { attemptMs: 100 })).rejects.toThrow(/PagerDuty did not.*Slack did not/);
  pager.standIns.behave();
  await pager.deliver(boundary());
  expect(told()).toEqual([1, 1]);
});

it('a retry says what the first try said, also to whom it could not say it', async () => {
  await pager.deliver(boundary());
  pager.standIns.misbehave({ vendor: 'slack', kind: 'refuse', times: 1 });
  const second = snsEvent(alarmMessage('tenant-boundary-touched', 'ALARM', 60));
  await expect(pager.deliver(second)).rejects.toThrow('Slack');
  await pager.deliver(second);
  expect(pager.taken('slack')).toHaveLength(2);
  expect(pager.taken('slack')[1]).toContain('Again: ');
});

it('backs off: each wait may be twice as long as the one before', async () => {
  pager.standIns.misbehave({ vendor: 'slack', kind: 'fault', times: 4 });
  await pager.deliver(boundary());
  expect(pager.pauses).toEqual([200, 400, 800, 1600]);
});

describe('SNS delivers at least once, in any order', () => {
  it('twice: one page', async () => {
    await pager.deliver(boundary());
    await pager.deliver(boundary());
    await pager.deliver(snsEvent(alarmMessage('tenant-boundary-touched', 'ALARM', 0), 'another-message'));
    expect(told()).toEqual([1, 1]);
    expect(pager.lines.join()).toContain('told before');
  });

  it('twice at the same time: one page', async () => {
    await Promise.all([1, 2, 3, 4].map(() => pager.deliver(boundary())));
    expect(told()).toEqual([1, 1]);
  });

  it('an event twice: one page; two events: two, of one incident', async () => {
    const one = snsEvent(eventMessage('trail-changed', 'event-1'), 'message-1');
    await pager.deliver(one);
    await pager.deliver(one);
    expect(told()).toEqual([1, 1]);
    await pager.deliver(snsEvent(eventMessage('trail-changed', 'event-2'), 'message-2'));
    expect(pager.standIns.alerts()).toMatchObject([{ dedupKey: 'ringfence-local-trail-changed', triggers: 2 }]);
    expect(pager.taken('slack')[1]).toContain('Again: ');
  });

  it.each([
    ['in order', ['ALARM', 'OK']],
    ['the end first', ['OK', 'ALARM']],
    ['each twice, mixed', ['OK', 'ALARM', 'OK', 'ALARM']],
  ] as const)('%s: what closes itself is closed in the end, and was told', async (_, states) => {
    for (const state of states) await pager.deliver(snsEvent(alarmMessage('api-slow', state, state === 'OK' ? 60 : 0)));
    expect(pager.standIns.alerts()).toMatchObject([{ state: 'resolved', triggers: 1 }]);
  });

  it('an old end after a newer alarm leaves it open, and is noted', async () => {
    await pager.deliver(snsEvent(alarmMessage('api-slow', 'ALARM', 90)));
    await pager.deliver(snsEvent(alarmMessage('api-slow', 'OK', 60)));
    expect(pager.standIns.alerts()).toMatchObject([{ state: 'triggered' }]);
    expect(pager.lines.join()).toContain('nothing to tell');
  });

  it('a second alarm while the first is open adds to it', async () => {
    await pager.deliver(snsEvent(alarmMessage('api-slow', 'ALARM', 0)));
    await pager.deliver(snsEvent(alarmMessage('api-slow', 'ALARM', 300)));
    expect(pager.standIns.alerts()).toMatchObject([{ state: 'triggered', triggers: 2 }]);
    expect(pager.taken('slack')[1]).toContain('Again: ');
  });

  it('alarms of one subject at the same time are each told', async () => {
    await Promise.all(
      [0, 1, 2, 3].map((s) => pager.deliver(snsEvent(alarmMessage('tenant-boundary-touched', 'ALARM', s)))),
    );
    expect(pager.standIns.alerts()).toMatchObject([{ triggers: 4 }]);
  });

  it('what a person closes is not closed by the alarm’s end; Slack is told of it', async () => {
    await pager.deliver(boundary());
    await pager.deliver(snsEvent(alarmMessage('tenant-boundary-touched', 'OK', 60)));
    expect(pager.taken('pagerduty')).toEqual(['trigger']);
    expect(pager.taken('slack')[1]).toContain('Quiet again: ');
  });
});

describe('when AWS does not answer', () => {
  const lastAlert = () => pager.standIns.pages().find(({ event }) => event)?.event?.payload?.custom_details;

  it('DynamoDB: the page goes, and says that it may be a repetition', async () => {
    pager.incidents.state.isDown = true;
    await pager.deliver(boundary());
    expect(told()).toEqual([1, 1]);
    expect(lastAlert()).toMatchObject({ 'not known': [expect.stringContaining('Whether it was told before')] });
  });

  it('DynamoDB, after it said whose the page is: it is sent once more rather than never', async () => {
    const post: typeof fetch = async (...request) => {
      pager.incidents.state.isDown = true;
      return fetch(...request);
    };
    await pager.deliver(boundary(), { post });
    expect(told()).toEqual([1, 1]);
    expect(pager.lines.join()).toContain('page sent but not noted');
  });

  it.each([
    ['refuses', () => Promise.reject(new Error('AccessDenied'))],
    ['hangs', () => new Promise<never>(() => {})],
  ])('CloudWatch %s: the page goes, and says that who is affected is not known', async (_, contributors) => {
    await pager.deliver(snsEvent(alarmMessage('api-errors', 'ALARM', 0)), { contributors, askMs: 50 });
    expect(told()).toEqual([1, 1]);
    expect(lastAlert()).toMatchObject({
      'not known': [expect.stringContaining('Who is affected (failed calls by tenant)')],
    });
  });

  it('CloudWatch answers: the page names the tenants', async () => {
    await pager.deliver(snsEvent(alarmMessage('api-errors', 'ALARM', 0)));
    expect(lastAlert()).toMatchObject({
      affected: ['1 × tenant, 42 failed calls', 'tenant ten_aaaaaaaaaaaa: 42 failed calls'],
    });
  });

  it.each([
    ['is not there', () => Promise.reject(new Error('ResourceNotFoundException'))],
    ['hangs', () => new Promise<never>(() => {})],
  ])('the secret %s: nobody can be told, so the invocation fails; the retry tells', async (_, channels) => {
    await expect(pager.deliver(boundary(), { channels, askMs: 50 })).rejects.toThrow('nobody was told');
    await pager.deliver(boundary());
    expect(told()).toEqual([1, 1]);
  });
});

describe('a secret with a fault', () => {
  const channelsOf = async (text: string) => parseChannels(text);

  it('is used as far as it is right, and the invocation fails naming the field', async () => {
    const { slackWebhookUrl } = JSON.parse(pager.secretText());
    const channels = () => channelsOf(JSON.stringify({ slackWebhookUrl, pagerDutyRoutingKey: 'mistyped' }));
    await expect(pager.deliver(boundary(), { channels })).rejects.toThrow(/PagerDuty.*lacks pagerDutyRoutingKey$/);
    expect(told()).toEqual([0, 1]);
  });

  it.each(['', 'null', '[]', '{', '"text"', '{"slackWebhookUrl":7}'])(
    '%j tells nobody, and is not silent',
    async (text) => {
      await expect(pager.deliver(boundary(), { channels: () => channelsOf(text) })).rejects.toThrow(
        /PagerDuty is not told.*Slack is not told/,
      );
    },
  );

  it.each([
    'http://hooks.example.com/x',
    'https://hooks.example.com@127.0.0.1/x',
    'file:///etc/passwd',
    'http://127.0.0.1.example.com:1/x',
  ])('never sends to %s', async (slackWebhookUrl) => {
    expect((await channelsOf(JSON.stringify({ slackWebhookUrl }))).slack).toBeUndefined();
  });
});

it.each([
  ['a message that is none', snsEvent('what is this?')],
  ['an event that is not of SNS', { hello: 'world' }],
  ['nothing at all', undefined],
  ['an alarm that no detection describes', snsEvent(alarmMessage('of-somebody', 'ALARM', 0))],
])('%s is paged as critical', async (_, event) => {
  await pager.deliver(event);
  expect(pager.standIns.alerts()).toMatchObject([{ severity: 'critical', state: 'triggered' }]);
  expect(told()).toEqual([1, 1]);
});

it('one bad record does not keep the others from being told', async () => {
  pager.standIns.misbehave({ vendor: 'pagerduty', kind: 'refuse', times: 1 });
  const Records = [...snsEvent('what is this?').Records, ...boundary().Records];
  await expect(pager.deliver({ Records })).rejects.toThrow('400');
  expect(pager.standIns.alerts()).toMatchObject([{ dedupKey: 'ringfence-local-tenant-boundary-touched' }]);
});

it('no line of the log and no stored item holds an address or a key', async () => {
  for (const kind of ['close', 'hang', 'refuse'] as const)
    pager.standIns.misbehave({ vendor: 'slack', kind, times: 1 });
  pager.standIns.misbehave({ vendor: 'pagerduty', kind: 'refuse', times: 1 });
  await expect(pager.deliver(boundary(), { attemptMs: 1500 })).rejects.toThrow();
  const post: typeof fetch = async (url) => Promise.reject(new TypeError(`cannot reach ${url}`));
  await expect(pager.deliver(boundary(), { post })).rejects.toThrow('TypeError');
  await pager.deliver(boundary());
  const kept = JSON.stringify([pager.lines, pager.incidents.items()]);
  expect(kept).not.toContain(pager.standIns.routingKey);
  expect(kept).not.toContain(new URL(pager.standIns.slackWebhookUrl).pathname);
});
