import { Ajv } from 'ajv';
import type { HealthEvent, ReportedEvent, SecurityEvent } from '../../../lambdas/kernel/security-event.ts';
import { inInvocation } from '../../../lambdas/platform/invocation.ts';
import { reportHealth, reportSecurityEvent } from '../../../lambdas/platform/log.ts';
import { eventSamples } from '../../harness/event-samples.ts';
import { writtenLines } from '../../harness/written-lines.ts';
import { danglingIn, type EmfLine, emfSchema } from './emf-schema.ts';

beforeAll(() => {
  process.env.AWS_LAMBDA_FUNCTION_NAME = 'ringfence-local-catalog';
});
afterAll(() => {
  delete process.env.AWS_LAMBDA_FUNCTION_NAME;
});

const isEmf = new Ajv({ allErrors: true }).compile<EmfLine>(emfSchema);
const isHealth = (event: ReportedEvent): event is HealthEvent => ['request-failed', 'cold-start'].includes(event.event);

/** The lines that an event writes: its own where it has one, and the one that counts it. */
const linesOf = async (event: ReportedEvent) => {
  const lines = await writtenLines(() =>
    inInvocation({}, { awsRequestId: 'one' }, () =>
      isHealth(event) ? reportHealth(event) : reportSecurityEvent(event as SecurityEvent),
    ),
  );
  return { told: lines.filter((line) => !('_aws' in line)), counted: lines.filter((line) => '_aws' in line) };
};

describe.each(eventSamples)('%j', (event, metrics) => {
  it('is told by one line, and counted by one that follows the specification', async () => {
    const { told, counted } = await linesOf(event);
    expect(told).toEqual(
      isHealth(event) ? [] : [expect.objectContaining({ level: 'warn', message: 'security', ...event })],
    );
    expect(counted).toHaveLength(1);
    const [line] = counted;
    if (!isEmf(line)) throw new Error(JSON.stringify(isEmf.errors));
    expect(danglingIn(line)).toEqual([]);
    expect(line._aws.CloudWatchMetrics).toEqual([
      { Namespace: 'Ringfence', Dimensions: [[]], Metrics: metrics.map((Name) => ({ Name, Unit: 'Count' })) },
    ]);
    expect(metrics.map((metric) => line[metric])).toEqual(metrics.map(() => 1));
    expect(Math.abs(line._aws.Timestamp - Date.now())).toBeLessThan(3_600_000);
  });

  it('is counted by a line that holds nothing of it, but says whose invocation it was', async () => {
    const { counted } = await linesOf(event);
    const names = Object.keys(counted[0] ?? {}).filter((name) => !metrics.some((metric) => metric === name));
    expect(names.sort()).toEqual(['_aws', 'function', 'invocationId', 'level', 'message', 'time']);
    expect(counted[0]).toMatchObject({ message: 'metric', invocationId: 'one' });
  });
});

/** What the checks above would let through if they were vacuous. */
describe('a line that does not follow the specification is seen to', () => {
  const good = {
    _aws: {
      Timestamp: 1,
      CloudWatchMetrics: [{ Namespace: 'Ringfence', Dimensions: [[]], Metrics: [{ Name: 'One', Unit: 'Count' }] }],
    },
    One: 1,
  };
  const changed = (change: object): EmfLine => ({
    ...good,
    _aws: { ...good._aws, CloudWatchMetrics: [{ ...good._aws.CloudWatchMetrics[0], ...change }] } as EmfLine['_aws'],
  });

  it('while a good one is good', () => {
    expect([isEmf(good), danglingIn(good)]).toEqual([true, []]);
  });

  it.each<[what: string, line: object]>([
    ['no list of dimension sets', changed({ Dimensions: [] })],
    ['no namespace', changed({ Namespace: '' })],
    ['a unit that there is not', changed({ Metrics: [{ Name: 'One', Unit: 'Counts' }] })],
    ['a time with a fraction', { ...good, _aws: { ...good._aws, Timestamp: 1.5 } }],
    ['no metadata', { One: 1 }],
  ])('%s', (_, line) => {
    expect(isEmf(line)).toBe(false);
  });

  it.each<[what: string, line: EmfLine, names: readonly string[]]>([
    ['a metric without its value', changed({ Metrics: [{ Name: 'Two' }] }), ['Two']],
    ['a metric that is text', { ...good, One: '1' }, ['One']],
    ['a dimension without its value', changed({ Dimensions: [['tenant']] }), ['tenant']],
  ])('%s', (_, line, names) => {
    expect(danglingIn(line)).toEqual(names);
  });
});
