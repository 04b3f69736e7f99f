import { CfnAlarm, CfnCompositeAlarm, type CfnCompositeAlarmProps, CfnInsightRule } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { alarmsOf, compositeOf, groupAlarms } from '../detecting/alarm-properties.ts';
import type { Detection } from '../detecting/detection.ts';
import { type InsightRuleName, insightRuleBody, insightRuleNames } from '../detecting/insight-rules.ts';
import type { Filter } from '../detecting/signal.ts';
import { groupOf } from '../detecting/signals.ts';
import { detections } from '../detections/index.ts';
import { alarmName, insightRuleName, pascal } from '../names.ts';
import type { Stage } from '../stage.ts';
import { DetectionRule } from './detection-rule.ts';

type MadeAlarm = CfnAlarm | CfnCompositeAlarm;

/** Without the stage, which is no part of what an alarm is. */
const idOf = (stage: Stage, alarm: { readonly alarmName?: string }): string =>
  pascal(String(alarm.alarmName).slice(alarmName(stage, '').length));

/** Everything that fires, made from lib/detections/index.ts: filters, rules, alarms, composite alarms, event rules. */
export class DetectionAlarms extends Construct {
  private readonly rules = new Map<InsightRuleName, CfnInsightRule>();

  constructor(scope: Construct, stage: Stage, topicArn: string) {
    super(scope, 'Detections');
    for (const rule of insightRuleNames) this.rules.set(rule, this.addRule(stage, rule));
    const alarms = detections.flatMap((detection) => this.addDetection(stage, detection, topicArn));
    for (const properties of groupAlarms(stage, topicArn)) this.addComposite(stage, properties, alarms);
  }

  private addDetection(stage: Stage, detection: Detection, topicArn: string): readonly MadeAlarm[] {
    const signal = detection.signal(stage);
    if (signal.by === 'event-rule') {
      new DetectionRule(this, { stage, detection, pattern: signal.pattern, topicArn });
      return [];
    }
    for (const filter of signal.filters) this.addFilter(stage, filter);
    const alarms = alarmsOf(stage, detection, topicArn).map(
      (properties) => new CfnAlarm(this, idOf(stage, properties), properties),
    );
    const watched = signal.measures.flatMap(({ rule }) => (rule && this.rules.get(rule)) ?? []);
    for (const rule of watched) for (const alarm of alarms) alarm.addResourceDependency(rule);
    const over = compositeOf(stage, detection, topicArn);
    return over ? [this.addComposite(stage, over, alarms)] : alarms;
  }

  private addComposite(
    stage: Stage,
    properties: CfnCompositeAlarmProps,
    alarms: readonly MadeAlarm[],
  ): CfnCompositeAlarm {
    const composite = new CfnCompositeAlarm(this, idOf(stage, properties), properties);
    // Their names stand in its rule, and CloudFormation does not read rules.
    for (const alarm of alarms)
      if (String(properties.alarmRule).includes(`"${alarm.alarmName}"`)) composite.addResourceDependency(alarm);
    return composite;
  }

  private addRule(stage: Stage, rule: InsightRuleName): CfnInsightRule {
    return new CfnInsightRule(this, `${pascal(rule)}Rule`, {
      ruleName: insightRuleName(stage, rule),
      ruleState: 'ENABLED',
      ruleBody: JSON.stringify(insightRuleBody(stage, rule)),
    });
  }

  private addFilter(stage: Stage, filter: Filter): void {
    new CfnMetricFilter(this, `${filter.metric}Filter`, {
      filterName: `ringfence-${stage.name}-${filter.metric}`,
      logGroupName: groupOf(stage, filter),
      filterPattern: filter.pattern,
      metricTransformations: [{ metricNamespace: filter.namespace, metricName: filter.metric, metricValue: '1' }],
    });
  }
}
