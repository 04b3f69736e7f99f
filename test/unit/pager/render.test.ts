import fc from 'fast-check';
import type { PagerTable } from '../../../lambdas/kernel/paged-detection.ts';
import { decide } from '../../../lambdas/pager/decide.ts';
import { parseNotice } from '../../../lambdas/pager/notice.ts';
import { type Contributors, type Page, pageOf } from '../../../lambdas/pager/page.ts';
import { pagerDutyEvent } from '../../../lambdas/pager/pagerduty-event.ts';
import { safeText } from '../../../lambdas/pager/safe-text.ts';
import { slackMessage } from '../../../lambdas/pager/slack-message.ts';
import { subjectOf } from '../../../lambdas/pager/subject.ts';
import { createPagerDuty } from '../../../local/stand-ins/pagerduty.ts';
import { answerSlack } from '../../../local/stand-ins/slack.ts';
import { alarmMessage, eventMessage, table } from './samples.ts';

const routingKey = 'a'.repeat(32);

const page = (
  message: unknown,
  contributors: readonly Contributors[] = [],
  of: PagerTable = table,
  missing: readonly string[] = [],
): Page => {
  const notice = parseNotice(typeof message === 'string' ? message : JSON.stringify(message), 'm', 0);
  const subject = subjectOf(of, notice);
  return pageOf(of, 'us-east-1', {
    subject,
    notice,
    decision: decide(subject, notice, undefined),
    contributors,
    missing,
  });
};

const failedCalls: Contributors = {
  counts: 'failed calls',
  by: ['tenant'],
  top: [
    { keys: ['ten_aaaaaaaaaaaa'], value: 42 },
    { keys: ['ten_bbbbbbbbbbbb'], value: 15 },
  ],
  total: 57,
  unique: 2,
};

describe('a page to PagerDuty', () => {
  const event = pagerDutyEvent(page(alarmMessage('api-errors', 'ALARM', 0), [failedCalls]), 'trigger', routingKey);

  it('says what happened, to whom, and what to do first', () => {
    expect(event).toMatchObject({
      event_action: 'trigger',
      dedup_key: 'ringfence-local-api-errors',
      payload: {
        summary: '[local] Title of api-errors. (2 × tenant, 57 failed calls) Impact: Impact of api-errors.',
        severity: 'error',
        timestamp: '2026-11-23T12:00:00.000Z',
        class: 'T1110 Brute Force',
        custom_details: {
          affected: [
            '2 × tenant, 57 failed calls',
            'tenant ten_aaaaaaaaaaaa: 42 failed calls',
            'tenant ten_bbbbbbbbbbbb: 15 failed calls',
          ],
          'first command': 'npx ringfence look api-errors',
          runbook: 'https://runbooks.example.com/api-errors.md',
        },
      },
    });
    expect(event.links?.map(({ text }) => text)).toEqual(['Runbook', 'Dashboard', 'Alarm']);
  });

  it('names each key of who did it, and counts whom it does not name', () => {
    const top = Array.from({ length: 10 }, (_, at) => ({ keys: [`ten_${at}`, 'removed'], value: 1 }));
    const many = { counts: 'audit events changed', by: ['tenant', 'what'], top, total: 60, unique: 60 };
    const { affected } = page(alarmMessage('api-errors', 'ALARM', 0), [many]);
    expect(affected.slice(0, 2)).toEqual([
      '60 × tenant and what, 60 audit events changed',
      'tenant ten_0, what removed: 1 audit events changed',
    ]);
    expect(affected.at(-1)).toBe('and 55 more');
    expect(affected).toHaveLength(7);
  });

  it('has the same key for every alarm of one group, and for its end', () => {
    const group = page(alarmMessage('api-failing', 'OK', 60));
    expect(pagerDutyEvent(group, 'resolve', routingKey)).toEqual({
      routing_key: routingKey,
      event_action: 'resolve',
      dedup_key: 'ringfence-local-api-failing',
    });
  });

  it('links to nothing but web addresses', () => {
    const [first] = table.detections;
    const local = { ...table, detections: first ? [{ ...first, runbook: 'docs/runbooks/x.md' }] : [] };
    const inside = pagerDutyEvent(page(alarmMessage(first?.name ?? '', 'ALARM', 0), [], local), 'trigger', routingKey);
    expect(inside.links?.map(({ text }) => text)).toEqual(['Dashboard', 'Alarm']);
  });
});

describe('a message to Slack', () => {
  it('shows what others wrote as text: no mention, no link, no markup', () => {
    const reason = 'see <!channel> & <https://evil.example|here> ```';
    const [, , ...rest] = slackMessage(page(alarmMessage('api-slow', 'ALARM', 0, { NewStateReason: reason }))).blocks;
    const text = JSON.stringify(rest);
    expect(text).toContain('see &lt;!channel&gt; &amp; &lt;https://evil.example|here&gt;');
    expect(text).not.toContain('<!channel>');
  });

  it('has Slack make no link and no mention of plain words: a session may be named @here, or like a site', () => {
    const { blocks } = slackMessage(page(eventMessage('trail-changed')));
    const texts = blocks.flatMap((block) => ('elements' in block ? block.elements : [block.text]));
    const marked = texts.filter(({ type }) => type === 'mrkdwn');
    expect(marked.length).toBeGreaterThan(3);
    for (const text of marked) expect(text).toMatchObject({ verbatim: true });
  });

  it('says when it is quiet again, and who closes it', () => {
    expect(JSON.stringify(slackMessage(page(alarmMessage('api-slow', 'OK', 0))))).toContain(
      'It is closed in PagerDuty',
    );
    expect(JSON.stringify(slackMessage(page(alarmMessage('tenant-boundary-touched', 'OK', 0))))).toContain(
      'a person says when it is over',
    );
  });
});

it('the command that finds the lines reads the trail for what the account did, and names the event', () => {
  expect(page(eventMessage('trail-changed')).correlation).toContain(
    'SOURCE logGroups(namePrefix: ["/ringfence/local/trail"]) | filter eventID = "11111111-2222-3333-4444-555555555555"',
  );
  expect(page(alarmMessage('api-errors', 'ALARM', 0)).correlation).toContain('namePrefix: ["/ringfence/local/"]');
});

it('what is not known is said', () => {
  const missing = ['Who is affected: CloudWatch did not say.'];
  const unsure = page(alarmMessage('api-errors', 'ALARM', 0), [], table, missing);
  expect(pagerDutyEvent(unsure, 'trigger', routingKey).payload?.custom_details).toMatchObject({ 'not known': missing });
  expect(JSON.stringify(slackMessage(unsure))).toContain(missing[0]);
});

describe('whatever the texts are', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 6000 }),
    fc.constantFrom(
      '<&>`'.repeat(1000),
      '\u0000'.repeat(4000),
      '\ud83d\ude00'.repeat(3000),
      '\n'.repeat(3000),
      'x'.repeat(20_000),
    ),
  );
  const hostile = fc.record({ title: text, impact: text, firstCommand: text, reason: text, raw: text, key: text });

  it('both vendors take the page, also the longest', () => {
    const pagerDuty = createPagerDuty(routingKey);
    fc.assert(
      fc.property(hostile, ({ title, impact, firstCommand, reason, raw, key }) => {
        const [first] = table.detections;
        const changed = { ...table, detections: first ? [{ ...first, title, impact, firstCommand }] : [] };
        const contributors = [{ ...failedCalls, top: Array.from({ length: 10 }, () => ({ keys: [key], value: 1 })) }];
        const alarm = alarmMessage(first?.name ?? '', 'ALARM', 0, { NewStateReason: reason });
        for (const each of [page(alarm, contributors, changed), page(raw)]) {
          expect(pagerDuty.answer(JSON.stringify(pagerDutyEvent(each, 'trigger', routingKey))).body).toContain(
            'success',
          );
          expect(answerSlack(JSON.stringify(slackMessage(each))).body).toBe('ok');
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('text of others', () => {
  it.each([
    ['a token', `used rfp_${'a'.repeat(77)} twice`, 'used [removed] twice'],
    ['a webhook', 'to https://hooks.slack.com/services/T0/B0/xyz now', 'to [removed] now'],
    ['a signed assertion', 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln sent', '[removed] sent'],
    ['an access key id', 'by AKIAIOSFODNN7EXAMPLE', 'by [removed]'],
    ['a routing key', `key ${'0123456789abcdef'.repeat(2)}.`, 'key [removed].'],
    ['commands of a terminal', 'a\u001b[31mb\u0007c\u202ed', 'a [31mb c d'],
    ['marks that nobody sees, and that turn text around', 'a\u061cb\u00adc', 'a b c'],
    ['half a character', 'a\ud83d', 'a�'],
  ])('loses %s', (_, given, expected) => {
    expect(safeText(given, 100)).toBe(expected);
  });

  it('is cut to whole characters, and says so', () => {
    expect(safeText('\ud83d\ude00'.repeat(10), 4)).toBe('\ud83d\ude00…');
    expect(safeText('abc', 3)).toBe('abc');
  });

  it('loses a secret also where it is cut', () => {
    expect(safeText(`rfp_${'a'.repeat(77)}`, 20)).toBe('[removed]');
  });
});
