import { onlyKnown } from '../../aws/only-known.ts';
import { isObject, type JsonObject } from '../../template/json.ts';
import { TwinError } from '../../twin-error.ts';
import { type Pattern, parsePattern } from './parse-pattern.ts';
import { PatternError, refuse } from './pattern-error.ts';
import { ratePeriodMs } from './schedule.ts';
import { type TargetInput, targetInput } from './target-input.ts';

export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly input: TargetInput;
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly enabled: boolean;
  /** Whether it sees management events that only read. */
  readonly seesReads: boolean;
  readonly pattern?: Pattern;
  readonly periodMs?: number;
  readonly targets: readonly Target[];
}

const ruleProperties = [
  'Name',
  'Description',
  'EventBusName',
  'EventPattern',
  'ScheduleExpression',
  'State',
  'Tags',
  'Targets',
];
const targetProperties = ['Id', 'Arn', 'Input', 'InputPath', 'InputTransformer'];
const targetServices = ['lambda', 'sns', 'sqs'];
const states = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'];

/** EventBridge's quota. */
const patternCharsMax = 2048;

/** A rule as AWS::Events::Rule describes it. Throws `TwinError` for what EventBridge or the twin does not have. */
export const ruleOf = (name: string, arn: string, properties: JsonObject): Rule => {
  onlyKnown(`Rule ${name}`, properties, ruleProperties);
  try {
    return parsed(name, arn, properties);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new TwinError(`Rule ${name}: ${error.message}.`, 'Correct the rule.');
  }
};

const parsed = (name: string, arn: string, properties: JsonObject): Rule => {
  const { EventPattern, ScheduleExpression, State = 'ENABLED', EventBusName = 'default', Targets = [] } = properties;
  if (EventBusName !== 'default')
    refuse(`its event bus is ${JSON.stringify(EventBusName)}, and there is only the default one`);
  if (!states.includes(String(State))) refuse(`its state is ${JSON.stringify(State)}: there is ${states.join(', ')}`);
  if (EventPattern === undefined && ScheduleExpression === undefined) refuse('it has neither a pattern nor a schedule');
  if (JSON.stringify(EventPattern ?? '').length > patternCharsMax)
    refuse(`its pattern is longer than ${patternCharsMax} characters`);
  return {
    name,
    arn,
    enabled: State !== 'DISABLED',
    seesReads: State === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
    ...(EventPattern === undefined ? {} : { pattern: parsePattern(EventPattern) }),
    ...(ScheduleExpression === undefined ? {} : { periodMs: ratePeriodMs(String(ScheduleExpression)) }),
    targets: [Targets].flat().map(targetOf),
  };
};

const targetOf = (target: unknown): Target => {
  if (!isObject(target)) return refuse('a target is an object');
  const { Id, Arn } = target;
  onlyKnown(`Target ${Id}`, target, targetProperties);
  const service = String(Arn).split(':')[2] ?? '';
  if (!targetServices.includes(service)) refuse(`its target ${Arn} is none of ${targetServices.join(', ')}`);
  return { id: String(Id), arn: String(Arn), input: targetInput(target) };
};
