import type { AlarmSignal, Measure, When } from './signal.ts';

/** Of one alarm: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html */
const metricsMax = 10;
/** Of a filter: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html */
const patternMax = 1024;
const daySeconds = 86_400;

const never = (why: string) => `it can never fire: ${why}`;
const always = (why: string) => `it fires always: ${why}`;

/** Whether the greatest or the least value that there can be is on the wrong side of the threshold. */
const bounds = ({ is, threshold }: When, { least, most }: Measure): readonly string[] => {
  const holds = (value: number): boolean => {
    switch (is) {
      case '>=':
        return value >= threshold;
      case '>':
        return value > threshold;
      case '<':
        return value < threshold;
      case '<=':
        return value <= threshold;
    }
  };
  const wanted = `the alarm wants ${is} ${threshold}`;
  if (!holds(least) && !holds(most)) return [never(`what it measures is between ${least} and ${most}, and ${wanted}`)];
  if (holds(least) && holds(most)) return [always(`what it measures is at least ${least}, and ${wanted}`)];
  return [];
};

const counts = ({ datapoints, periods, periodSeconds, threshold }: When): readonly (string | false)[] => [
  !Number.isFinite(threshold) && 'threshold: expected a number',
  !(Number.isInteger(periods) && periods >= 1) && 'periods: expected one at least',
  !(Number.isInteger(datapoints) && datapoints >= 1) && 'datapoints: expected one at least',
  datapoints > periods && never(`it wants ${datapoints} of ${periods} periods`),
  !([10, 20, 30].includes(periodSeconds) || (periodSeconds >= 60 && periodSeconds % 60 === 0)) &&
    `periodSeconds is ${periodSeconds}: expected 10, 20, 30 or whole minutes`,
  periods * periodSeconds > (periodSeconds >= 3600 ? 7 * daySeconds : daySeconds) &&
    `periods: CloudWatch looks back a day, or seven with periods of an hour; ${periods} × ${periodSeconds} s is more`,
];

const missing = ({ missing }: When): readonly (string | false)[] => [
  !missing?.because?.trim() && 'missing: expected what a period without data counts as, and why',
];

/** Names in an expression are those of its metrics; functions and keywords are in capitals, texts in quotes. */
const namesIn = (expression: string): readonly string[] =>
  expression.replace(/"[^"]*"/g, '').match(/\b[a-z][A-Za-z0-9_]*\b/g) ?? [];

const measured = ({ metrics, rule, expression }: Measure): readonly (string | false)[] => {
  const ids = metrics.map(({ id }) => id);
  const used = expression === undefined ? ids.slice(0, 1) : namesIn(expression);
  return [
    metrics.length === 0 && rule === undefined && 'measures: expected a metric or a Contributor Insights rule',
    metrics.length > metricsMax && `an alarm takes ${metricsMax} metrics, and this one has ${metrics.length}`,
    ...ids.filter((id) => !used.includes(id)).map((id) => `the metric ${id} is nowhere in its expression`),
    ...used.filter((id) => !ids.includes(id)).map((id) => `its expression names ${id}, which is no metric of it`),
  ];
};

const parts = (measures: readonly Measure[]): readonly (string | false)[] => {
  const names = measures.map(({ of }) => of);
  return [
    measures.length === 0 && never('it watches nothing'),
    measures.length > 1 && new Set(names).size < names.length && 'measures: expected a name of its own for each (of)',
  ];
};

/** What of a list of looks is a problem. */
export const isGiven = (problem: string | false): problem is string => problem !== false;

/** Why an alarm would not do what it is for. */
export const alarmProblems = ({ filters, measures, when }: AlarmSignal): readonly string[] =>
  [
    ...counts(when),
    ...missing(when),
    ...parts(measures),
    ...measures.flatMap(measured),
    ...measures.flatMap((measure) => bounds(when, measure)),
    ...filters.flatMap(({ pattern }) => [
      pattern.length > patternMax &&
        `its filter pattern has ${pattern.length} characters, and CloudWatch Logs takes ${patternMax}`,
      !/^\{ .* \}$/.test(pattern) && 'its filter pattern: expected one for JSON, { … }',
    ]),
  ].filter(isGiven);
