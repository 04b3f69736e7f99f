import { type Contributions, type InsightMetric, insightMetrics } from './insights/contributions.ts';
import { parseExpression } from './math/expression.ts';
import type { Node, Room, Series, Span } from './math/node.ts';
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
  const parsed = new Map<string, Query & { readonly node: () => Node }>();
  const room = (parents: readonly string[]): Room => ({
    series: (id) => {
      if (parents.includes(id)) return reader.refuse(`${id} depends on itself`);
      return parsed.get(id)?.node() ?? nodeNamed(id, parents);
    },
    metrics: () => readers.flatMap((each) => (each.has('MetricStat') ? [metricOf(each).node()] : [])),
    rule: (rule, metric) => ruleNode(source, rule, metric),
  });
  const nodeNamed = (id: string, parents: readonly string[]): Node | undefined => {
    const found = readers.find((each) => each.text('Id') === id);
    if (!found) return undefined;
    return found.has('MetricStat')
      ? metricOf(found).node()
      : parseExpression(found.text('Expression'), room([...parents, id]));
  };
  const metricOf = (query: Reader) => {
    const stat = query.object('MetricStat', ['Metric', 'Period', 'Stat']);
    const raw = stat.object('Metric', ['MetricName', 'Namespace', 'Dimensions']);
    const metric = { namespace: raw.text('Namespace'), name: raw.text('MetricName'), dimensions: readDimensions(raw) };
    const statistic = stat.text('Stat');
    const node = metricNode(query, metric, statistic, source);
    return { metric: { ...metric, statistic }, periodSeconds: readPeriod(stat), node: () => node };
  };
  for (const each of readers) {
    const id = each.text('Id');
    if (!/^[a-z]\w*$/.test(id)) each.refuse(`the id ${id} does not begin with a small letter`);
    if (parsed.has(id)) each.refuse(`the id ${id} stands twice`);
    if (each.has('MetricStat') === each.has('Expression')) each.refuse('it has either MetricStat or Expression');
    parsed.set(id, { ...common(each), ...(each.has('MetricStat') ? ofMetric(metricOf(each)) : ofExpression(each)) });
  }
  function ofMetric({ metric, periodSeconds, node }: ReturnType<typeof metricOf>) {
    return { metric, periodSeconds, node, isSeries: true, series: (spans: readonly Span[]) => node().run(spans) };
  }
  function ofExpression(each: Reader) {
    const expression = each.text('Expression');
    const node = parseExpression(expression, room([each.text('Id')]));
    const periodSeconds = periodOfExpression(each, readers);
    return {
      expression,
      periodSeconds,
      node: () => node,
      isSeries: node.kind === 'series',
      series: (spans: readonly Span[]) => node.run(spans),
    };
  }
  return [...parsed.values()];
};

const common = (query: Reader) => ({
  id: query.text('Id'),
  label: query.text('Label', query.text('Id')),
  returnsData: query.flag('ReturnData', true),
});

/** That of the metrics; its own where there are none. */
const periodOfExpression = (query: Reader, all: readonly Reader[]): number => {
  if (query.has('Period')) return readPeriod(query);
  const metric = all.find((each) => each.has('MetricStat'));
  return metric
    ? readPeriod(metric.object('MetricStat', ['Metric', 'Period', 'Stat']))
    : query.refuse('an expression without metrics has a Period');
};

const ruleNode = (source: Source, rule: string, metric: string): Node | undefined => {
  const name = insightMetrics.find((each): each is InsightMetric => each === metric);
  const contributions = source.contributions(rule);
  if (!name || !contributions) return undefined;
  return { kind: 'series', run: (spans) => spans.map(({ from, to }) => contributions.metric(name, from, to)) };
};
