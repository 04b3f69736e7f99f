import type { Scanner } from '../scanner.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One value for each span; undefined where data is missing. */
export type Series = readonly (number | undefined)[];

/** A part of an expression. A number gives a series of one value, which stands for every span. */
export interface Node {
  readonly kind: 'number' | 'series' | 'list';
  readonly run: (spans: readonly Span[]) => Series;
  /** Of a list. */
  readonly members?: readonly Node[];
}

/** What an expression may speak of. */
export interface Room {
  /** The series of an id; undefined when there is none. */
  series(id: string): Node | undefined;
  /** Every metric of the request, for METRICS(). */
  metrics(): readonly Node[];
  /** A metric of a Contributor Insights rule; undefined when there is no such rule. */
  rule(name: string, metric: string): Node | undefined;
}

export type Combine = (left: number, right: number) => number;

/** The value of a node for the span at an index. */
export const valueAt = ({ kind }: Node, values: Series, index: number): number | undefined =>
  kind === 'number' ? values[0] : values[index];

/** Combines one or two nodes span by span: missing where one of them is, or where the result is no number (division by zero). */
export const combined = (scanner: Scanner, combine: Combine, nodes: readonly Node[]): Node => {
  if (nodes.some(({ kind }) => kind === 'list')) return scanner.refuse('a list stands in MAX, MIN, SUM or AVG only');
  const kind = nodes.every((node) => node.kind === 'number') ? 'number' : 'series';
  return {
    kind,
    run: (spans) => {
      const all = nodes.map((node) => ({ node, values: node.run(spans) }));
      return (kind === 'number' ? [0] : spans).map((_, index) => {
        const values = all.map(({ node, values: each }) => valueAt(node, each, index));
        if (!values.every((value) => value !== undefined)) return undefined;
        const [left = 0, right = 0] = values;
        const result = combine(left, right);
        return Number.isFinite(result) ? result : undefined;
      });
    },
  };
};
