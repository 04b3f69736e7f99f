import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetInsightRuleReportCommand,
  GetMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { createCloudWatch } from '../../../local/aws/cloudwatch/cloudwatch.ts';
import { createWatch } from '../../../local/watch/create-watch.ts';
import type { Watch } from '../../../local/watch/watch.ts';
import { account, allow, type Local, region, role, startLocal } from './local-world.ts';

const minute = 60_000;
const cloudWatch = `arn:aws:cloudwatch:${region}:${account}`;
const topic = `arn:aws:sns:${region}:${account}:alarms`;
const roles = [
  role('Pager', [allow('cloudwatch:GetInsightRuleReport', `${cloudWatch}:insight-rule/failures-*`)]),
  role('Watcher', [allow(['cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData'], '*')]),
  role('Drill', [allow('cloudwatch:SetAlarmState', `${cloudWatch}:alarm:failing`)]),
];
const rule = (name: string) => ({
  RuleName: name,
  RuleState: 'ENABLED',
  RuleBody: JSON.stringify({
    Schema: { Name: 'CloudWatchLogRule', Version: 1 },
    LogGroupNames: ['calls'],
    LogFormat: 'JSON',
    Contribution: { Keys: ['$.tenant', '$.route'], Filters: [{ Match: '$.status', StartsWith: ['5'] }] },
    AggregateOn: 'Count',
  }),
});

let local: Local;
let watch: Watch;
let now: number;
const clients: CloudWatchClient[] = [];
const as = (roleName: string): CloudWatchClient => {
  const credentials = local.endpoint.credentials.issue({ roleName, sessionName: 'test' });
  const client = new CloudWatchClient({ region, endpoint: local.endpoint.url, credentials, maxAttempts: 1 });
  clients.push(client);
  return client;
};
const call = (tenant: string, route: string, status: number, at: number): void =>
  watch.logged({ group: 'calls', at, message: JSON.stringify({ tenant, route, status }) });

beforeEach(async () => {
  local = await startLocal(roles);
  now = Math.floor(local.world.clock.now() / minute) * minute;
  watch = createWatch({ account, region, clock: { now: () => now, advance: () => {} } });
  local.endpoint.addService(createCloudWatch({ world: local.world, watch }));
  watch.addInsightRule(rule('failures-by-tenant'));
  watch.addInsightRule(rule('others'));
  watch.addAlarm({
    AlarmName: 'failing',
    Namespace: 'AWS/Logs',
    MetricName: 'IncomingLogEvents',
    Dimensions: [{ Name: 'LogGroupName', Value: 'calls' }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 3,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [topic],
  });
  watch.addCompositeAlarm({ AlarmName: 'any', AlarmRule: 'ALARM("failing")', AlarmActions: [topic] });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await local.close();
});

const report = (roleName: string, RuleName = 'failures-by-tenant') =>
  as(roleName).send(
    new GetInsightRuleReportCommand({
      RuleName,
      StartTime: new Date(now - 5 * minute),
      EndTime: new Date(now + minute),
      Period: 60,
      MaxContributorCount: 1,
      OrderBy: 'Sum',
    }),
  );

it('names contributors, largest first, with the data points of each', async () => {
  for (const at of [now - 2 * minute, now, now]) call('blue', '/v1/teams', 500, at);
  call('green', '/v1/teams', 503, now);
  call('green', '/v1/teams', 200, now);
  call('blue', '/v1/teams', 500, now - 6 * minute);
  expect(await report('Pager')).toMatchObject({
    KeyLabels: ['$.tenant', '$.route'],
    AggregationStatistic: 'SampleCount',
    AggregateValue: 4,
    ApproximateUniqueCount: 2,
    Contributors: [
      {
        Keys: ['blue', '/v1/teams'],
        ApproximateAggregateValue: 3,
        Datapoints: [
          { Timestamp: new Date(now - 2 * minute), ApproximateValue: 1 },
          { Timestamp: new Date(now), ApproximateValue: 2 },
        ],
      },
    ],
  });
});

it('reports to nobody whose policies do not name the rule, and says when there is none', async () => {
  await expect(report('Pager', 'others')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(report('Watcher')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(report('Pager', 'failures-none')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('describes metric alarms, and composite alarms only when they are asked for', async () => {
  const describe = (input: ConstructorParameters<typeof DescribeAlarmsCommand>[0] = {}) =>
    as('Watcher').send(new DescribeAlarmsCommand(input));
  const { MetricAlarms, CompositeAlarms } = await describe();
  expect(CompositeAlarms).toEqual([]);
  expect(MetricAlarms).toMatchObject([
    {
      AlarmName: 'failing',
      AlarmArn: `${cloudWatch}:alarm:failing`,
      StateValue: 'INSUFFICIENT_DATA',
      StateUpdatedTimestamp: new Date(now),
      ActionsEnabled: true,
      AlarmActions: [topic],
      Threshold: 3,
    },
  ]);
  expect((await describe({ AlarmTypes: ['CompositeAlarm'] })).CompositeAlarms).toMatchObject([{ AlarmName: 'any' }]);
  expect((await describe({ StateValue: 'OK' })).MetricAlarms).toEqual([]);
  await expect(as('Pager').send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

it('gives the values of metrics and expressions, newest first unless asked otherwise', async () => {
  for (const at of [now - 2 * minute, now - minute, now - minute]) call('blue', '/', 200, at);
  const MetricDataQueries = [
    {
      Id: 'lines',
      MetricStat: {
        Metric: {
          Namespace: 'AWS/Logs',
          MetricName: 'IncomingLogEvents',
          Dimensions: [{ Name: 'LogGroupName', Value: 'calls' }],
        },
        Period: 60,
        Stat: 'Sum',
      },
      ReturnData: false,
    },
    { Id: 'tenfold', Expression: 'FILL(lines, 0) * 10' },
  ];
  const range = { StartTime: new Date(now - 3 * minute), EndTime: new Date(now) };
  const send = (more: object = {}) =>
    as('Watcher').send(new GetMetricDataCommand({ MetricDataQueries, ...range, ...more }));
  expect((await send()).MetricDataResults).toEqual([
    {
      Id: 'tenfold',
      Label: 'tenfold',
      StatusCode: 'Complete',
      Timestamps: [now - minute, now - 2 * minute, now - 3 * minute].map((at) => new Date(at)),
      Values: [20, 10, 0],
    },
  ]);
  expect((await send({ ScanBy: 'TimestampAscending' })).MetricDataResults?.[0]?.Values).toEqual([0, 10, 20]);
  await expect(send({ MetricDataQueries: [{ Id: 'e', Expression: 'ABS(lines)', Period: 60 }] })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  });
});

it('sets the state of an alarm, with its actions and those of its parents, until it is next evaluated', async () => {
  const told: (readonly [string, string, readonly string[]])[] = [];
  watch.onChange(({ alarmName, to, actions }) => told.push([alarmName, to, actions]));
  const set = (AlarmName: string, StateValue: 'ALARM' | 'OK' = 'ALARM') =>
    as('Drill').send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'drill' }));
  await set('failing');
  expect(told).toEqual([
    ['failing', 'ALARM', [topic]],
    ['any', 'ALARM', [topic]],
  ]);
  expect(watch.alarms()[0]).toMatchObject({ value: 'ALARM', reason: 'drill' });
  now += minute;
  watch.evaluate();
  expect(watch.alarms().map(({ value }) => value)).toEqual(['OK', 'OK']);
  await expect(set('any')).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
