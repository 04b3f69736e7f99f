import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metricNamespace, securityMetrics } from '../../lambdas/functions.ts';
import { type Resource, resourcesOf, templatesOf } from './synthesized.ts';

const page = readFileSync(join(__dirname, '../../docs/watching.md'), 'utf8');
const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');

const { foundation, api, detection } = templatesOf('production');
const all = [foundation, api, detection].flatMap((stack) => resourcesOf(stack));
const ofType = (type: string): readonly Resource[] => all.filter(({ Type }) => Type === type);

interface Query {
  readonly MetricStat?: object;
  readonly Expression?: string;
}
const metricsOf = ({ Properties }: Resource): number =>
  Properties.Metrics === undefined
    ? 1
    : (Properties.Metrics as readonly Query[]).filter(
        ({ MetricStat, Expression = '' }) => MetricStat !== undefined || Expression.includes('INSIGHT_RULE_METRIC'),
      ).length;
const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);

const [webAcl] = ofType('AWS::WAFv2::WebACL');
const counted: Readonly<Record<string, number>> = {
  'KMS keys': ofType('AWS::KMS::Key').length,
  'Metrics that alarms look at': sum(ofType('AWS::CloudWatch::Alarm').map(metricsOf)),
  'Composite alarms': ofType('AWS::CloudWatch::CompositeAlarm').length,
  'Contributor Insights rules': ofType('AWS::CloudWatch::InsightRule').length,
  Secrets: ofType('AWS::SecretsManager::Secret').length,
  'Web ACL': ofType('AWS::WAFv2::WebACL').length,
  'Rules of the web ACL': webAcl?.Properties.Rules.length,
};

const rows = [...page.matchAll(/^\| ([^|]+) \| (\d+) \| \$([\d.]+) \| \$([\d.]+) \|$/gm)].map(
  ([, what = '', count, each, together]) => ({
    what,
    count: Number(count),
    each: Number(each),
    together: Number(together),
  }),
);

it('docs/watching.md prices what production’s templates have', () => {
  expect(Object.fromEntries(rows.map(({ what, count }) => [what, count]))).toEqual(counted);
  expect(
    rows.filter(({ count, each, together }) => Math.round(count * each * 100) !== Math.round(together * 100)),
  ).toEqual([]);
});

it('and adds it up; the README says the same', () => {
  const total = sum(rows.map(({ together }) => together));
  expect(/^\| Together \| \| \| \$([\d.]+) \|$/m.exec(page)?.[1]).toBe(total.toFixed(2));
  const [, said] = /\*\*Idle cost\*\* about \$(\d+) a month/.exec(readme) ?? [];
  expect(Math.abs(Number(said) - total)).toBeLessThan(1);
});

it('metrics by method, which nothing watches, cost nothing: they are off', () => {
  const [stage] = ofType('AWS::ApiGateway::Stage');
  expect(stage?.Properties.MethodSettings).toHaveLength(1);
  expect(stage?.Properties.MethodSettings[0].MetricsEnabled).not.toBe(true);
});

it('metrics that come with use are as many as it says at most', () => {
  const filters = ofType('AWS::Logs::MetricFilter').map(({ Properties }) => Properties.MetricTransformations[0]);
  const inNamespace = (name: string) =>
    filters.filter(({ MetricNamespace }) => MetricNamespace === `${metricNamespace}/${name}`).length;
  const counts = [Object.keys(securityMetrics).length, inNamespace('Access'), inNamespace('Account')];
  const said =
    /at most (\d+): (\d+) that functions write, (\d+) counted from the access log, (\d+) from the trail\..* at most \$([\d.]+)/.exec(
      page,
    );
  expect(said?.slice(1).map(Number)).toEqual([sum(counts), ...counts, Math.round(sum(counts) * 30) / 100]);
});
