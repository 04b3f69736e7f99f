import { type Fields, fieldsList, optionalList, text } from '../aws/fields.ts';
import { onlyKnown } from '../aws/only-known.ts';
import type { Properties } from '../aws/world.ts';
import { TwinError } from '../twin-error.ts';
import type { Facts, Selects } from './facts.ts';

type Operator = (value: string, wanted: string) => boolean;

/** As CloudFormation writes them. The first three select, the others leave out. */
const selecting: Readonly<Record<string, Operator>> = {
  Equals: (value, wanted) => value === wanted,
  StartsWith: (value, wanted) => value.startsWith(wanted),
  EndsWith: (value, wanted) => value.endsWith(wanted),
};
const leavingOut: Readonly<Record<string, Operator>> = {
  NotEquals: (value, wanted) => value === wanted,
  NotStartsWith: (value, wanted) => value.startsWith(wanted),
  NotEndsWith: (value, wanted) => value.endsWith(wanted),
};
const operators = [...Object.keys(selecting), ...Object.keys(leavingOut)];

interface Field {
  /** The values that an event has there: none, one, or one for each resource. */
  readonly values: (facts: Facts) => readonly string[];
  readonly operators: readonly string[];
  /** The only values that AWS takes. */
  readonly only?: readonly string[];
}

const one = (value: string | undefined): readonly string[] => (value === undefined ? [] : [value]);
const equals = ['Equals'];
const category = (only: string): Field => ({ values: (facts) => [facts.category], operators: equals, only: [only] });
const readOnly: Field = {
  values: (facts) => [String(facts.readOnly)],
  operators: equals,
  only: ['true', 'false'],
};

/**
 * The fields that AWS takes in a trail's selectors, for each category, cheapest first: management events are narrowed by
 * nothing else than these.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
 */
const fields: Readonly<Record<'Management' | 'Data', Readonly<Record<string, Field>>>> = {
  Management: {
    eventCategory: category('Management'),
    readOnly,
    eventSource: {
      values: (facts) => [facts.eventSource],
      operators: ['NotEquals'],
      only: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'],
    },
  },
  Data: {
    eventCategory: category('Data'),
    'resources.type': { values: (facts) => one(facts.resourceType), operators: equals },
    readOnly,
    eventName: { values: (facts) => [facts.eventName], operators },
    eventSource: { values: (facts) => [facts.eventSource], operators },
    eventType: { values: (facts) => [facts.eventType], operators },
    'userIdentity.arn': { values: (facts) => one(facts.userArn), operators },
    // Nobody comes from the console here.
    sessionCredentialFromConsole: { values: () => [], operators: ['Equals', 'NotEquals'], only: ['true'] },
    'resources.ARN': { values: (facts) => facts.resourceArns(), operators },
  },
};

/** Of all conditions of a trail. */
const valuesMax = 500;

/** Whether any of AdvancedEventSelectors selects an event. Throws `TwinError` for what AWS refuses. */
export const advancedSelectors = (trail: string, selectors: readonly Fields[]): Selects => {
  const counted = selectors.flatMap((selector) => fieldsList(selector, 'FieldSelectors')).flatMap(valuesOf);
  if (counted.length > valuesMax)
    throw refused(trail, `has ${counted.length} values in its selectors`, `CloudTrail takes ${valuesMax}.`);
  const each = selectors.map((selector) => selectorOf(trail, selector));
  return (facts) => each.some((selects) => selects(facts));
};

const valuesOf = (field: Properties): readonly unknown[] =>
  operators.flatMap((operator) => optionalList(field, operator) ?? []);

const refused = (trail: string, what: string, expected: string): TwinError =>
  new TwinError(`Trail ${trail} ${what}.`, expected);

const selectorOf = (trail: string, selector: Fields): Selects => {
  onlyKnown(`A selector of trail ${trail}`, selector, ['Name', 'FieldSelectors']);
  const given = fieldsList(selector, 'FieldSelectors');
  const [named] = given.filter(({ Field }) => Field === 'eventCategory').flatMap(valuesOf);
  if (named !== 'Management' && named !== 'Data')
    throw refused(
      trail,
      `has a selector with eventCategory ${JSON.stringify(named)}`,
      'Expected Equals Management or Data; the twin has no other events.',
    );
  const known = fields[named];
  const types = given.filter(({ Field }) => Field === 'resources.type').flatMap(valuesOf);
  if (named === 'Data' && types.length !== 1)
    throw refused(trail, `has a data selector with ${types.length} resource types`, 'Expected exactly one.');
  const conditions = new Map(given.map((each) => [text(each, 'Field'), conditionOf(trail, named, each)]));
  if (conditions.size !== given.length)
    throw refused(trail, 'has a selector with a field given twice', 'Give each field once.');
  // In the order of the table, which is that of their cost.
  const ordered = Object.keys(known).flatMap((name) => conditions.get(name) ?? []);
  return (facts) => ordered.every((holds) => holds(facts));
};

const conditionOf = (trail: string, named: 'Management' | 'Data', given: Fields): Selects => {
  const name = text(given, 'Field');
  const field = Object.hasOwn(fields[named], name) ? fields[named][name] : undefined;
  if (!field)
    throw refused(
      trail,
      `selects ${named} events by ${name}`,
      `CloudTrail takes ${Object.keys(fields[named]).join(', ')}.`,
    );
  onlyKnown(`The selector ${name} of trail ${trail}`, given, ['Field', ...operators]);
  const used = operators.filter((operator) => given[operator] !== undefined);
  const wrong = used.find((operator) => !field.operators.includes(operator));
  if (used.length === 0 || wrong !== undefined)
    throw refused(
      trail,
      `selects by ${name} with ${wrong ?? 'no operator'}`,
      `CloudTrail takes ${field.operators.join(', ')}.`,
    );
  const strange = valuesOf(given).find((value) => field.only && !field.only.includes(String(value)));
  if (strange !== undefined || valuesOf(given).some((value) => typeof value !== 'string' || value === ''))
    throw refused(
      trail,
      `selects by ${name} with the value ${JSON.stringify(strange)}`,
      `Expected ${field.only?.join(' or ') ?? 'texts'}.`,
    );
  return conditionHolds(field, testsOf(given, selecting), testsOf(given, leavingOut));
};

type Test = (value: string) => boolean;

const testsOf = (given: Fields, known: Readonly<Record<string, Operator>>): readonly Test[] =>
  Object.entries(known).flatMap(([name, holds]) =>
    (optionalList(given, name) ?? []).map((wanted) => (value: string) => holds(value, String(wanted))),
  );

/**
 * One that selects must hold, of however many operators and values, and none that leaves out may. What is absent is not
 * selected, and not left out.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html
 */
const conditionHolds =
  ({ values }: Field, selects: readonly Test[], leavesOut: readonly Test[]): Selects =>
  (facts) => {
    const actual = values(facts);
    if (actual.length === 0) return selects.length === 0;
    return actual.some(
      (value) =>
        (selects.length === 0 || selects.some((holds) => holds(value))) && !leavesOut.some((holds) => holds(value)),
    );
  };
