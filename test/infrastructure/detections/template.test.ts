import { groupNames } from '../../../lib/detecting/groups.ts';
import { insightRuleNames } from '../../../lib/detecting/insight-rules.ts';
import { membersOf, pagerTable } from '../../../lib/detecting/pager-table.ts';
import { detections } from '../../../lib/detections/index.ts';
import { findStage } from '../../../lib/find-stage.ts';
import { alarmName, insightRuleName } from '../../../lib/names.ts';
import { resourcesOf, templatesOf } from '../synthesized.ts';

const stage = findStage('staging');
const { detection } = templatesOf('staging');
const named = (type: string, name: string) => resourcesOf(detection, type).map(({ Properties }) => Properties[name]);
const metricAlarms = resourcesOf(detection, 'AWS::CloudWatch::Alarm');
const composites = resourcesOf(detection, 'AWS::CloudWatch::CompositeAlarm');
const alarms = [...metricAlarms, ...composites];
const names = alarms.map(({ Properties }) => Properties.AlarmName as string);
const rules = named('AWS::Events::Rule', 'Name');
const childrenOf = (rule: string): readonly string[] =>
  [...rule.matchAll(/ALARM\("([^"]+)"\)/g)].map(([, name = '']) => name);

it('every detection has its alarm or its event rule, and every group its composite alarm, by fixed names', () => {
  const own = detections.map(({ name }) => alarmName(stage, name));
  expect([...names, ...rules]).toEqual(
    expect.arrayContaining([...own, ...groupNames.map((name) => alarmName(stage, name))]),
  );
  // Others are one function's or one queue's part of a detection.
  const rest = names.filter(
    (name) => !own.includes(name) && !groupNames.some((group) => name === alarmName(stage, group)),
  );
  for (const name of rest) expect(name).toMatch(/-(function-near-timeout|dead-letter-queue-not-empty)-[a-z-]+$/);
});

it('one thing pages once: what a composite alarm holds has no actions, all else has', () => {
  const held = composites.flatMap(({ Properties }) => childrenOf(Properties.AlarmRule));
  for (const { Properties } of alarms) {
    const pages = Properties.ActionsEnabled === true && Properties.AlarmActions?.length === 1;
    expect([Properties.AlarmName, pages]).toEqual([Properties.AlarmName, !held.includes(Properties.AlarmName)]);
  }
});

it('composite alarms hold alarms that are made before them', () => {
  const idOf = new Map(alarms.map(({ logicalId, Properties }) => [Properties.AlarmName, logicalId]));
  for (const composite of composites) {
    const template = (detection.Resources as Record<string, { DependsOn?: readonly string[] }>)[composite.logicalId];
    const children = childrenOf(composite.Properties.AlarmRule).map((name) => idOf.get(name));
    expect([...(template?.DependsOn ?? [])].sort()).toEqual([...children].sort());
  }
});

it.each(groupNames)('the group %s holds its detections and no other', (group) => {
  const composite = composites.find(({ Properties }) => Properties.AlarmName === alarmName(stage, group));
  expect(childrenOf(composite?.Properties.AlarmRule)).toEqual(
    membersOf(group).map(({ name }) => alarmName(stage, name)),
  );
});

it('what closes by itself tells that it is over, and what a person closes does not', () => {
  for (const { name, closes, group } of detections) {
    const alarm = alarms.find(({ Properties }) => Properties.AlarmName === alarmName(stage, name))?.Properties;
    if (alarm && !group) expect([name, alarm.OKActions !== undefined]).toEqual([name, closes === 'itself']);
  }
});

it('every alarm says what it means, what to run first and where its runbook is, within what CloudWatch takes', () => {
  for (const { Properties } of metricAlarms) {
    expect(Properties.AlarmDescription).toMatch(
      /^[A-Z].*\.\nFor customers: .*\.\nFirst: .+\nRunbook: .*\/[a-z-]+\.md$/,
    );
    expect(Properties.AlarmDescription.length).toBeLessThanOrEqual(1024);
    expect(Properties.TreatMissingData).toBe('notBreaching');
  }
});

it('every alarm looks at one thing: a metric, or one returned expression', () => {
  for (const { Properties } of metricAlarms) {
    const returned = (Properties.Metrics ?? []).filter(({ ReturnData }: { ReturnData: boolean }) => ReturnData);
    expect([Properties.AlarmName, Properties.MetricName === undefined ? returned.length : 1]).toEqual([
      Properties.AlarmName,
      1,
    ]);
  }
});

it('event rules send the topic which detection it is, and the event', () => {
  for (const { Properties } of resourcesOf(detection, 'AWS::Events::Rule')) {
    const [target, ...others] = Properties.Targets;
    expect(others).toEqual([]);
    const name = Properties.Name.slice(alarmName(stage, '').length);
    expect(target.InputTransformer).toEqual({
      InputPathsMap: { event: '$' },
      InputTemplate: `{"detection":"${name}","event":<event>}`,
    });
  }
});

it('the dashboard shows alarms and rules that there are, within its twenty-four columns', () => {
  const [body] = named('AWS::CloudWatch::Dashboard', 'DashboardBody');
  const { widgets } = JSON.parse(body);
  const shown = widgets.flatMap(({ properties }: { properties: { alarms?: string[] } }) => properties.alarms ?? []);
  const arn = (name: string) => `arn:aws:cloudwatch:${stage.region}:${stage.account}:alarm:${name}`;
  expect(shown.length).toBeGreaterThan(20);
  for (const alarm of shown) expect(names.map(arn)).toContain(alarm);
  // Nothing that has an alarm is missing from it.
  for (const { name } of detections)
    if (names.includes(alarmName(stage, name))) expect(shown).toContain(arn(alarmName(stage, name)));
  for (const { x, width, properties } of widgets) {
    expect(x + width).toBeLessThanOrEqual(24);
    if (properties.insightRule)
      expect(insightRuleNames.map((rule) => insightRuleName(stage, rule))).toContain(properties.insightRule.ruleName);
  }
  for (const { name } of detections) expect(body).toContain(`/${name}.md`);
});

it('Contributor Insights rules keep to what CloudWatch takes: four keys, four filters', () => {
  for (const body of named('AWS::CloudWatch::InsightRule', 'RuleBody')) {
    const { Contribution, LogGroupNames } = JSON.parse(body);
    expect(Contribution.Keys.length).toBeLessThanOrEqual(4);
    expect(Contribution.Filters.length).toBeLessThanOrEqual(4);
    expect(LogGroupNames.length).toBeLessThanOrEqual(50);
    for (const group of LogGroupNames) expect(group).toMatch(/^\/ringfence\/staging\/[a-z-]+$/);
  }
});

it('the pager’s table knows every detection and group, in words that PagerDuty takes', () => {
  const { detections: paged, groups } = pagerTable(stage);
  expect(paged.map(({ name }) => name)).toEqual(detections.map(({ name }) => name));
  expect(groups.flatMap((group) => group.detections).sort()).toEqual(
    detections.flatMap(({ name, group }) => (group ? [name] : [])).sort(),
  );
  for (const { reports } of paged)
    for (const { rule } of reports) expect(named('AWS::CloudWatch::InsightRule', 'RuleName')).toContain(rule);
});

/** It stores `?` in the place of others: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html */
it('CloudFormation is given ASCII only', () => {
  expect(JSON.stringify(detection)).not.toMatch(/[^\x20-\x7e]/);
});
