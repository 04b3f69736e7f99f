import type { Properties } from '../../aws/world.ts';
import { readProperties } from '../properties.ts';
import { type AlarmHead, headProperties, readHead } from './alarm-head.ts';
import { type AlarmRule, parseAlarmRule } from './alarm-rule.ts';

/** An alarm on the states of other alarms. */
export interface CompositeAlarm extends AlarmHead {
  readonly kind: 'composite';
  /** As it was written. */
  readonly ruleText: string;
  readonly rule: AlarmRule;
}

const childrenMax = 100;

/**
 * AWS::CloudWatch::CompositeAlarm. Its children must be there, as on AWS. Throws `TwinError` for a rule that CloudWatch
 * would refuse; suppressing alarms are not built.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export const readCompositeAlarm = (
  properties: Properties,
  nameOf: (nameOrArn: string) => string | undefined,
  arnOf: (name: string) => string,
): CompositeAlarm => {
  const reader = readProperties(`Composite alarm ${properties.AlarmName}`, properties, [
    ...headProperties,
    'AlarmRule',
  ]);
  const ruleText = reader.text('AlarmRule');
  const rule = parseAlarmRule(
    ruleText,
    (child) => nameOf(child) ?? reader.refuse(`there is no alarm ${child}; make it first (DependsOn)`),
  );
  if (rule.children.length > childrenMax) reader.refuse(`it has ${childrenMax} children at most`);
  return { kind: 'composite', ...readHead(reader, arnOf), ruleText, rule };
};
