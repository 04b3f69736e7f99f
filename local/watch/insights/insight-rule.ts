import type { Properties } from '../../aws/world.ts';
import { TwinError } from '../../twin-error.ts';
import type { Line } from '../line.ts';
import { type Selector, select } from '../patterns/selector.ts';
import { type Reader, readProperties } from '../properties.ts';
import { type Contributions, createContributions } from './contributions.ts';
import { parseInsightFilter } from './insight-filter.ts';
import { leafText } from './leaf-text.ts';
import { parseLogField } from './log-field.ts';

/** A Contributor Insights rule, with what it counted. */
export interface InsightRule {
  readonly name: string;
  readonly arn: string;
  /** `$.tenant` … */
  readonly keyLabels: readonly string[];
  readonly aggregate: 'Count' | 'Sum';
  /** Whether it reads a log group. */
  reads(group: string): boolean;
  apply(line: Line): void;
  readonly contributions: Contributions;
}

const known = ['RuleBody', 'RuleName', 'RuleState', 'Tags'];
const bodyKnown = ['Schema', 'LogGroupNames', 'LogFormat', 'Contribution', 'AggregateOn'];
const limits = { keys: 4, filters: 4 };

/**
 * AWS::CloudWatch::InsightRule, schema CloudWatchLogRule version 1 over JSON lines. Throws `TwinError` for a rule that
 * CloudWatch would refuse or that the twin does not honour.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/ContributorInsights-RuleSyntax.html
 */
export const createInsightRule = (properties: Properties, arnOf: (name: string) => string): InsightRule => {
  const rule = readProperties(`Insight rule ${properties.RuleName}`, properties, known);
  const name = rule.text('RuleName');
  const isEnabled = rule.oneOf('RuleState', ['ENABLED', 'DISABLED']) === 'ENABLED';
  const body = readProperties(`${rule.what}: RuleBody`, parseBody(rule), bodyKnown);
  const schema = body.object('Schema', ['Name', 'Version']);
  if (schema.text('Name') !== 'CloudWatchLogRule' || schema.number('Version') !== 1)
    body.refuse('its schema is CloudWatchLogRule version 1');
  if (body.text('LogFormat') !== 'JSON') body.refuse('the twin reads LogFormat JSON only');
  const groups = body.texts('LogGroupNames');
  if (groups.length === 0) body.refuse('LogGroupNames has one name at least');
  const contribution = body.object('Contribution', ['Keys', 'ValueOf', 'Filters']);
  const keyLabels = contribution.texts('Keys');
  if (keyLabels.length === 0 || keyLabels.length > limits.keys) contribution.refuse(`it has 1 to ${limits.keys} keys`);
  const aggregate = body.oneOf('AggregateOn', ['Count', 'Sum']);
  if ((aggregate === 'Sum') !== contribution.has('ValueOf')) contribution.refuse('ValueOf goes with AggregateOn Sum');
  const value = aggregate === 'Sum' ? parseLogField(contribution.text('ValueOf')) : undefined;
  const keys = keyLabels.map(parseLogField);
  const filters = parseFilters(contribution);
  const contributions = createContributions(name);

  return {
    name,
    arn: arnOf(name),
    keyLabels,
    aggregate,
    contributions,
    reads: (group) =>
      isEnabled && groups.some((each) => (each.endsWith('*') ? group.startsWith(each.slice(0, -1)) : group === each)),
    apply: (line) => {
      const event = line.json();
      if (!event || !filters.every((holds) => holds(event))) return;
      const texts = keys.map((selector) => leafText(select(event, selector)[0]));
      const amount = value ? numberAt(event, value) : 1;
      if (amount === undefined || !texts.every((text) => text !== undefined)) return;
      contributions.add(texts, line.at, amount);
    },
  };
};

const parseBody = (rule: Reader): Properties => {
  const body = rule.raw('RuleBody');
  try {
    const parsed: unknown = typeof body === 'string' ? JSON.parse(body) : body;
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Properties;
  } catch {
    // Said below.
  }
  throw new TwinError(`${rule.what}: RuleBody is no JSON object.`, 'Correct the stack.');
};

const parseFilters = (contribution: Reader) => {
  const operators = ['In', 'NotIn', 'StartsWith', 'GreaterThan', 'LessThan', 'EqualTo', 'NotEqualTo', 'IsPresent'];
  const filters = contribution.list('Filters', ['Match', ...operators]);
  if (filters.length > limits.filters) contribution.refuse(`it has ${limits.filters} filters at most`);
  return filters.map((filter) => {
    const given = operators.filter((operator) => filter.has(operator));
    const [operator] = given;
    if (operator === undefined || given.length > 1) return filter.refuse(`it has one of ${operators.join(', ')}`);
    return parseInsightFilter(filter, operator);
  });
};

const numberAt = (event: Properties, selector: Selector): number | undefined => {
  const text = leafText(select(event, selector)[0]);
  const number = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
};
