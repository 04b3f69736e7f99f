import { type Contributions, type InsightMetric, insightMetrics } from './insights/contributions.ts';
import { parseExpression } from './math/expression.ts';
import type { Node, Series, Span } from './math/node.ts';
import { keyOf, type MetricStore } from './metric-store.ts';
import type { Reader } from './properties.ts';
import { parseStatistic } from './statistic.ts';
import type { Metric } from './watch.ts';

/** What queries read. */
export interface Source {
  readonly store: MetricStore;
  contributions(rule: string): Contributions | undefined;
}

/** One of the metrics or expressions of an alarm, or of GetMetricData. */
export interface Query {
  readonly id: string;
  readonly label: string;
  readonly returnsData: boolean;
  readonly periodSeconds: number;
  readonly expression?: string;
  /** Of a metric. */
  readonly metric?: Metric & { readonly statistic: string };
  /** Whether it gives a value for each span, not one for all or a list. */
  readonly isSeries: boolean;
  series(spans: readonly Span[]): Series;
}

const queryKnown = ['Id', 'Expression', 'Label', 'MetricStat', 'Period', 'ReturnData'];

/** The values of a metric, one for each span. Refuses a statistic that the twin does not have. */
export const metricNode = (reader: Reader, metric: Metric, statistic: string, { store }: Source): Node => {
  const compute = parseStatistic(statistic) ?? reader.refuse(`the twin does not have the statistic ${statistic}`);
  const key = keyOf(metric);
  return {
    kind: 'series',
    run: (spans) =>
      spans.map(({ from, to }) => {
        const totals = store.read(key, from, to);
        return totals && compute(totals);
      }),
  };
};

export const readDimensions = (reader: Reader): Readonly<Record<string, string>> =>
  Object.fromEntries(
    reader.list('Dimensions', ['Name', 'Value']).map((each) => [each.text('Name'), each.text('Value')]),
  );

/** Whole minutes: the twin has no high-resolution metrics. */
export const readPeriod = (reader: Reader): number => {
  const seconds = reader.whole('Period', 1);
  return seconds % 60 === 0 ? seconds : reader.refuse(`Period is ${seconds}; the twin has whole minutes only`);
};

/** Reads MetricDataQuery structures; an expression may speak of all of them. Throws `TwinError` for what is wrong. */
export const readQueries = (reader: Reader, name: string, source: Source): readonly Query[] => {
  const readers = reader.list(name, queryKnown);
  for (const query of readers) checkQuery(query, readers);
  const nodeOf = (query: Reader, parents: readonly string[] = []): Node => {
    if (query.has('MetricStat')) {
      const { metric } = readStat(query);
      return metricNode(query, metric, metric.statistic, source);
    }
    const id = query.text('Id');
    if (parents.includes(id)) return query.refuse(`${id} depends on itself`);
    return parseExpression(query.text('Expression'), {
      series: (other) => {
        const found = readers.find((each) => each.text('Id') === other);
        return found && nodeOf(found, [...parents, id]);
      },
      metrics: () => readers.filter((each) => each.has('MetricStat')).map((each) => nodeOf(each)),
      rule: (rule, metric) => ruleNode(source, rule, metric),
    });
  };
  return readers.map((query) => queryOf(query, nodeOf(query), readers));
};

const checkQuery = (query: Reader, all: readonly Reader[]): void => {
  const id = query.text('Id');
  if (!/^[a-z]\w*$/.test(id)) query.refuse(`the id ${id} does not begin with a small letter`);
  if (all.filter((each) => each.text('Id') === id).length > 1) query.refuse(`the id ${id} stands twice`);
  if (query.has('MetricStat') === query.has('Expression')) query.refuse('it has either MetricStat or Expression');
};

const readStat = (query: Reader) => {
  const stat = query.object('MetricStat', ['Metric', 'Period', 'Stat']);
  const metric = stat.object('Metric', ['MetricName', 'Namespace', 'Dimensions']);
  return {
    periodSeconds: readPeriod(stat),
    metric: {
      namespace: metric.text('Namespace'),
      name: metric.text('MetricName'),
      dimensions: readDimensions(metric),
      statistic: stat.text('Stat'),
    },
  };
};

const queryOf = (query: Reader, node: Node, all: readonly Reader[]): Query => ({
  id: query.text('Id'),
  label: query.text('Label', query.text('Id')),
  returnsData: query.flag('ReturnData', true),
  isSeries: node.kind === 'series',
  series: node.run,
  ...(query.has('MetricStat')
    ? readStat(query)
    : { expression: query.text('Expression'), periodSeconds: periodOfExpression(query, all) }),
});

/** That of the metrics; its own where there are none. */
const periodOfExpression = (query: Reader, all: readonly Reader[]): number => {
  if (query.has('Period')) return readPeriod(query);
  const metric = all.find((each) => each.has('MetricStat'));
  return metric ? readStat(metric).periodSeconds : query.refuse('an expression without metrics has a Period');
};

const ruleNode = (source: Source, rule: string, metric: string): Node | undefined => {
  const name = insightMetrics.find((each): each is InsightMetric => each === metric);
  const contributions = source.contributions(rule);
  if (!name || !contributions) return undefined;
  return { kind: 'series', run: (spans) => spans.map(({ from, to }) => contributions.metric(name, from, to)) };
};
