import { createScanner, type Scanner } from '../scanner.ts';
import type { AlarmValue } from '../watch.ts';

type Holds = (stateOf: (name: string) => AlarmValue) => boolean;

/** The rule of a composite alarm. */
export interface AlarmRule {
  /** Names of the alarms it speaks of, each once. */
  readonly children: readonly string[];
  readonly holds: Holds;
}

/**
 * Parses `ALARM("a") AND (OK("b") OR NOT INSUFFICIENT_DATA(c))`. NOT binds closest, then AND, then OR.
 * @param nameOf the name of an alarm by name or ARN; throws for one that is not there
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export const parseAlarmRule = (text: string, nameOf: (nameOrArn: string) => string): AlarmRule => {
  const scanner = createScanner('Alarm rule', text);
  const children = new Set<string>();
  const holds = anyOf(scanner, (nameOrArn) => {
    const name = nameOf(nameOrArn);
    children.add(name);
    return name;
  });
  if (!scanner.isDone()) scanner.refuse('expected AND, OR or the end');
  return { children: [...children], holds };
};

type Rule = (scanner: Scanner, nameOf: (nameOrArn: string) => string) => Holds;

const anyOf: Rule = (scanner, nameOf) => {
  const rules = [allOf(scanner, nameOf)];
  while (scanner.take(/OR\b/y)) rules.push(allOf(scanner, nameOf));
  return (states) => rules.some((holds) => holds(states));
};

const allOf: Rule = (scanner, nameOf) => {
  const rules = [unit(scanner, nameOf)];
  while (scanner.take(/AND\b/y)) rules.push(unit(scanner, nameOf));
  return (states) => rules.every((holds) => holds(states));
};

const unit: Rule = (scanner, nameOf) => {
  if (scanner.take(/NOT\b/y)) {
    const holds = unit(scanner, nameOf);
    return (states) => !holds(states);
  }
  if (scanner.take(/\(/y)) {
    const holds = anyOf(scanner, nameOf);
    scanner.expect(/\)/y, 'AND, OR or )');
    return holds;
  }
  const word = scanner.expect(
    /(?:TRUE|FALSE|OK|ALARM|INSUFFICIENT_DATA)\b/y,
    'ALARM, OK, INSUFFICIENT_DATA, TRUE, FALSE, NOT or (',
  );
  if (word === 'TRUE' || word === 'FALSE') return () => word === 'TRUE';
  scanner.expect(/\(/y, '(');
  const name = nameOf(alarmName(scanner));
  scanner.expect(/\)/y, ')');
  return (states) => states(name) === word;
};

const alarmName = (scanner: Scanner): string => {
  const quoted = scanner.take(/"(?:[^"\\]|\\.)*"/y);
  if (quoted !== undefined) return quoted.slice(1, -1).replace(/\\(.)/g, '$1');
  return scanner.expect(/[^\s()"]+/y, 'the name or ARN of an alarm');
};
