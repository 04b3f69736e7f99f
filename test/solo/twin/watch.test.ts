import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App,
  aws_cloudwatch_actions as actions,
  aws_cloudwatch as cloudwatch,
  Duration,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_logs as logs,
  Stack,
  aws_sns as sns,
  aws_sns_subscriptions as subscriptions,
} from 'aws-cdk-lib';
import { startTwin, type Twin } from '../../../local/twin.ts';
import { runFixture } from './run-fixture.ts';

const minute = 60_000;
const env = { account: '000000000000', region: 'eu-central-1' };

/** A function that fails when told to, alarms on what it writes and on its errors, and one that hears of them. */
const synth = (directory: string): string => {
  const app = new App({ outdir: join(directory, 'assembly') });
  const stack = new Stack(app, 'Watched', { env });
  const made = (name: string, code: string) => {
    const folder = join(directory, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.js'), code);
    return new lambda.Function(stack, name, {
      functionName: name,
      code: lambda.Code.fromAsset(folder),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      logGroup: new logs.LogGroup(stack, `${name}Lines`, { logGroupName: `/lines/${name}` }),
    });
  };
  const worker = made(
    'worker',
    `exports.handler = async ({ tenant, fail }) => {
      process.stdout.write(JSON.stringify({ level: fail ? 'error' : 'info', tenant }) + '\\n');
      if (fail) throw new Error('told to');
    };`,
  );
  const pager = made(
    'pager',
    "exports.handler = async (event) => void process.stdout.write(event.Records[0].Sns.Message + '\\n');",
  );
  const topic = new sns.Topic(stack, 'Alarms', { topicName: 'alarms' });
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
    }),
  );
  topic.addSubscription(new subscriptions.LambdaSubscription(pager));
  const filter = new logs.MetricFilter(stack, 'Filter', {
    logGroup: worker.logGroup,
    filterPattern: logs.FilterPattern.stringValue('$.level', '=', 'error'),
    metricNamespace: 'Test',
    metricName: 'ErrorLines',
  });
  new cloudwatch.CfnInsightRule(stack, 'ByTenant', {
    ruleName: 'errors-by-tenant',
    ruleState: 'ENABLED',
    ruleBody: JSON.stringify({
      Schema: { Name: 'CloudWatchLogRule', Version: 1 },
      LogGroupNames: ['/lines/*'],
      LogFormat: 'JSON',
      Contribution: { Keys: ['$.tenant'], Filters: [{ Match: '$.level', In: ['error'] }] },
      AggregateOn: 'Count',
    }),
  });
  const quick = { threshold: 1, evaluationPeriods: 1, treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING };
  const alarmOn = (id: string, metric: cloudwatch.Metric) =>
    new cloudwatch.Alarm(stack, id, {
      alarmName: id,
      metric: metric.with({ period: Duration.minutes(1), statistic: 'Sum' }),
      ...quick,
    });
  const lines = alarmOn('lines', filter.metric());
  const errors = alarmOn('errors', worker.metricErrors());
  const any = new cloudwatch.CompositeAlarm(stack, 'Any', {
    compositeAlarmName: 'any',
    alarmRule: cloudwatch.AlarmRule.anyOf(lines, errors),
  });
  any.addAlarmAction(new actions.SnsAction(topic));
  new cloudwatch.Dashboard(stack, 'Dashboard', {
    widgets: [[new cloudwatch.AlarmWidget({ alarm: lines, title: 'x' })]],
  });
  return app.synth().directory;
};

describe('alarms of a template', () => {
  const directory = mkdtempSync(join(tmpdir(), 'watch-'));
  let twin: Twin;
  beforeAll(async () => {
    twin = await startTwin({ assembly: synth(directory) });
  });
  afterAll(async () => {
    await twin?.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  const pass = async (): Promise<void> => {
    twin.clock.advance(minute);
    twin.watch.evaluate();
    await twin.messaging.settled();
  };
  const states = () => Object.fromEntries(twin.watch.alarms().map(({ name, value }) => [name, value]));
  const paged = () =>
    twin.logs
      .since(0)
      .entries.filter(({ group }) => group === '/lines/pager')
      .map(({ message }) => JSON.parse(message));

  it('stay quiet while all is well; the dashboard is inert', async () => {
    await twin.invoke('worker', { tenant: 'blue' });
    await pass();
    expect(states()).toEqual({ lines: 'OK', errors: 'OK', any: 'OK' });
    expect(paged()).toEqual([]);
    expect(twin.inert).toEqual([expect.stringMatching(/^AWS::CloudWatch::Dashboard /)]);
  });

  it('tell the topic, once, and name who it was', async () => {
    await twin.invoke('worker', { tenant: 'blue', fail: true });
    await pass();
    expect(states()).toEqual({ lines: 'ALARM', errors: 'ALARM', any: 'ALARM' });
    expect(paged()).toMatchObject([{ AlarmName: 'any', NewStateValue: 'ALARM', OldStateValue: 'OK' }]);
    const { contributors } = twin.watch.report('errors-by-tenant', { from: 0, to: twin.clock.now() }) ?? {};
    expect(contributors).toEqual([{ keys: ['blue'], value: 1 }]);
  });

  it('count what Lambda measures of every function', () => {
    const worker = twin.watch
      .measurements('AWS/Lambda')
      .filter(({ metric }) => metric.dimensions.FunctionName === 'worker');
    const last = Object.fromEntries(worker.map(({ metric: { name }, count, sum }) => [name, [count, sum]]));
    expect(last).toMatchObject({
      Invocations: [1, 1],
      Errors: [1, 1],
      Throttles: [1, 0],
      Duration: [1, expect.any(Number)],
    });
  });
});

describe('the metrics of an API', () => {
  let fixture: Awaited<ReturnType<typeof runFixture>>;
  beforeAll(async () => {
    fixture = await runFixture();
  });
  afterAll(() => fixture?.stop());

  it('count answers by API and by stage; a refusal has no integration', async () => {
    const { clock, watch } = fixture.twin;
    // All in one minute.
    clock.advance(minute - (clock.now() % minute));
    await fixture.send('/v1/open');
    await fixture.send('/v1/none');
    await fixture.send('/v1/misbehave/throw');
    const measured = watch.measurements('AWS/ApiGateway');
    const of = (Stage?: string) =>
      Object.fromEntries(
        measured
          .filter(({ metric }) => metric.dimensions.Stage === Stage)
          .map(({ metric: { name }, count, sum }) => [name, [count, sum]]),
      );
    for (const metrics of [of(), of('live')])
      expect(metrics).toMatchObject({
        Count: [3, 3],
        '4XXError': [3, 1],
        '5XXError': [3, 1],
        Latency: [3, expect.any(Number)],
        IntegrationLatency: [2, expect.any(Number)],
      });
  });
});
