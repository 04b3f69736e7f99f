import fc from 'fast-check';
import { parseNotice } from '../../../lambdas/pager/notice.ts';
import { noticesOf } from '../../../lambdas/pager/notices-of.ts';
import { subjectOf } from '../../../lambdas/pager/subject.ts';
import { alarmMessage, eventMessage, noon, snsEvent, table } from './samples.ts';

const parse = (message: unknown) =>
  parseNotice(typeof message === 'string' ? message : JSON.stringify(message), 'message-1', noon);

describe('a message of CloudWatch', () => {
  it('is an alarm with its state and the time of its change', () => {
    expect(parse(alarmMessage('api-slow', 'ALARM', 5))).toMatchObject({
      kind: 'alarm',
      alarm: 'ringfence-local-api-slow',
      id: 'ringfence-local-api-slow@2026-11-23T12:00:05.000Z=ALARM',
      at: noon + 5000,
      isFiring: true,
      wasFiring: false,
      isAccount: false,
    });
  });

  it('that has no data any more is no good news', () => {
    expect(parse(alarmMessage('api-slow', 'INSUFFICIENT_DATA', 5))).toMatchObject({ isFiring: true });
    expect(parse(alarmMessage('api-slow', 'OK', 5))).toMatchObject({ isFiring: false, wasFiring: true });
  });

  it('of a composite alarm names the alarms that made it fire', () => {
    const children = [{ Arn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:ringfence-local-api-slow', State: {} }];
    const notice = parse(alarmMessage('api-failing', 'ALARM', 0, { TriggeringChildren: children, Trigger: undefined }));
    expect(notice).toMatchObject({ children: ['ringfence-local-api-slow'] });
    expect(subjectOf(table, notice)).toMatchObject({
      name: 'api-failing',
      severity: 'warning',
      title: 'The API fails its customers. Title of api-slow.',
      firstCommand: 'npx ringfence look api-slow',
      closes: 'itself',
    });
  });

  it('of a composite alarm that names none speaks for the worst', () => {
    const subject = subjectOf(table, parse(alarmMessage('api-failing', 'ALARM', 0)));
    expect(subject).toMatchObject({ severity: 'error', firstCommand: 'npx ringfence look api-errors' });
    expect(subject.impact).toBe('Impact of api-errors. Impact of api-slow.');
  });
});

describe('an event rule’s message', () => {
  it('tells who did what to what, and not the rest of the call', () => {
    const notice = parse(eventMessage('trail-changed'));
    expect(notice).toMatchObject({ kind: 'event', detection: 'trail-changed', at: noon - 2000 });
    expect(notice.kind === 'event' && notice.facts).toEqual([
      'Call: cloudtrail.amazonaws.com StopLogging',
      'On: name ringfence-local',
      'By: arn:aws:iam::000000000000:user/mallory',
      'From: 203.0.113.9',
      'CloudTrail event: 11111111-2222-3333-4444-555555555555',
    ]);
  });
});

describe('what the pager does not understand', () => {
  it.each([
    ['an alarm without a name', alarmMessage('x', 'ALARM', 0, { AlarmName: undefined })],
    ['an alarm with a name that none can have', alarmMessage('x', 'ALARM', 0, { AlarmName: 'a\u0000b' })],
    ['a state that there is not', alarmMessage('x', 'ALARM', 0, { NewStateValue: 'FINE' })],
    ['a time that is none', alarmMessage('x', 'ALARM', 0, { StateChangeTime: 'noon' })],
    ['an envelope without its event', { detection: 'trail-changed' }],
    ['an envelope whose event has no id', { detection: 'trail-changed', event: { time: '2026-11-23T12:00:00Z' } }],
    ['a list', []],
    ['a text', 'hello'],
    ['nothing', ''],
    ['half a message', JSON.stringify(alarmMessage('api-slow', 'ALARM', 0)).slice(0, 80)],
  ])('%s is malformed, and critical', (_, message) => {
    const notice = parse(message);
    expect(notice.kind).toBe('malformed');
    expect(subjectOf(table, notice)).toMatchObject({ severity: 'critical', closes: 'person' });
  });

  it('an alarm that no detection describes is critical too', () => {
    expect(subjectOf(table, parse(alarmMessage('of-somebody', 'ALARM', 0)))).toMatchObject({
      name: 'of-somebody',
      severity: 'critical',
    });
  });

  it('is never without a notice, whatever arrives', () => {
    fc.assert(
      fc.property(fc.anything(), (event) => {
        const notices = noticesOf(event, 'request-1', noon);
        expect(notices.length).toBeGreaterThan(0);
        for (const notice of notices) expect(subjectOf(table, notice).title.length).toBeGreaterThan(0);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const [notice, ...more] = noticesOf(snsEvent(text), 'request-1', noon);
        expect(more).toEqual([]);
        expect(notice?.kind).toBe('malformed');
      }),
    );
  });

  it('is never without one when a field of a good message is anything else', () => {
    const good = alarmMessage('api-slow', 'ALARM', 0);
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(good)), fc.jsonValue(), (field, value) => {
        const [notice] = noticesOf(snsEvent({ ...good, [field]: value }), 'request-1', noon);
        expect(notice && subjectOf(table, notice).severity).toMatch(/^(critical|error|warning|info)$/);
      }),
    );
  });
});

it('a second delivery of the same change has the same id, another change another one', () => {
  const first = parseNotice(JSON.stringify(alarmMessage('api-slow', 'ALARM', 0)), 'a', noon);
  const second = parseNotice(JSON.stringify(alarmMessage('api-slow', 'ALARM', 0)), 'b', noon + 1);
  expect(second.id).toBe(first.id);
  expect(parseNotice(JSON.stringify(alarmMessage('api-slow', 'ALARM', 1)), 'a', noon).id).not.toBe(first.id);
  expect(parseNotice(JSON.stringify(alarmMessage('api-slow', 'OK', 0)), 'a', noon).id).not.toBe(first.id);
});
