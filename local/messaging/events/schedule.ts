import { refuse } from './pattern-error.ts';

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** The period of `rate(5 minutes)`, in milliseconds. Throws `PatternError` for another expression: cron is not built.
 *  Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
export const ratePeriodMs = (expression: string): number => {
  const [, count = '', unit = '', plural] = /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const ms = unitMs[unit];
  if (ms === undefined) return refuse(`${expression} is no rate: the twin has rate(…) and no cron`);
  if ((count === '1') === (plural === 's')) refuse(`${expression}: one minute, several minutes`);
  return Number(count) * ms;
};
