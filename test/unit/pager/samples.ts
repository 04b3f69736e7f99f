import type { PagedDetection, PagerTable } from '../../../lambdas/kernel/paged-detection.ts';

const detection = (name: string, changed: Partial<PagedDetection> = {}): PagedDetection => ({
  name,
  title: `Title of ${name}.`,
  severity: 'error',
  impact: `Impact of ${name}.`,
  technique: { id: 'T1110', name: 'Brute Force' },
  runbook: `https://runbooks.example.com/${name}.md`,
  firstCommand: `npx ringfence look ${name}`,
  closes: 'person',
  reports: [],
  ...changed,
});

/** A table as lib/detecting makes it, with one detection of each kind. */
export const table: PagerTable = {
  stage: 'local',
  detections: [
    detection('tenant-boundary-touched', { severity: 'critical' }),
    detection('api-slow', { severity: 'warning', closes: 'itself' }),
    detection('api-errors', {
      closes: 'itself',
      reports: [{ rule: 'ringfence-local-failed-calls-by-tenant', counts: 'failed calls', by: ['tenant'] }],
    }),
    detection('trail-changed', { severity: 'critical' }),
  ],
  groups: [{ name: 'api-failing', title: 'The API fails its customers.', detections: ['api-slow', 'api-errors'] }],
};

export const noon = Date.parse('2026-11-23T12:00:00.000Z');
export const at = (seconds: number): string => new Date(noon + seconds * 1000).toISOString().replace('Z', '+0000');

/** What CloudWatch publishes. */
export const alarmMessage = (
  name: string,
  state: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA',
  seconds: number,
  more: Readonly<Record<string, unknown>> = {},
) => ({
  AlarmName: `ringfence-local-${name}`,
  AlarmDescription: null,
  AWSAccountId: '000000000000',
  NewStateValue: state,
  NewStateReason: 'Threshold Crossed: 1 datapoint [7.0] was greater than the threshold (5.0).',
  StateChangeTime: at(seconds),
  Region: 'US East (N. Virginia)',
  AlarmArn: `arn:aws:cloudwatch:us-east-1:000000000000:alarm:ringfence-local-${name}`,
  OldStateValue: state === 'OK' ? 'ALARM' : 'OK',
  OKActions: [],
  AlarmActions: [],
  InsufficientDataActions: [],
  Trigger: { MetricName: 'ApiErrors', Namespace: 'Ringfence', Statistic: 'SUM', Period: 60, Dimensions: [] },
  ...more,
});

/** What an event rule's input transformer makes. */
export const eventMessage = (detectionName: string, id = '7bf73129-1428-4cd3-a780-95db273d1602') => ({
  detection: detectionName,
  event: {
    id,
    'detail-type': 'AWS API Call via CloudTrail',
    account: '000000000000',
    time: '2026-11-23T12:00:00Z',
    detail: {
      eventTime: '2026-11-23T11:59:58Z',
      eventID: '11111111-2222-3333-4444-555555555555',
      eventSource: 'cloudtrail.amazonaws.com',
      eventName: 'StopLogging',
      userIdentity: { arn: 'arn:aws:iam::000000000000:user/mallory' },
      sourceIPAddress: '203.0.113.9',
      requestParameters: { name: 'ringfence-local', policy: '{"Statement":"not shown"}' },
    },
  },
});

let messages = 0;
export const snsEvent = (
  message: unknown,
  messageId = `00000000-0000-0000-0000-${String(++messages).padStart(12, '0')}`,
) => ({
  Records: [
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      Sns: {
        MessageId: messageId,
        Timestamp: '2026-11-23T12:00:01.000Z',
        Message: typeof message === 'string' ? message : JSON.stringify(message),
      },
    },
  ],
});
