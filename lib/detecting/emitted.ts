import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type EventName, functions, type SecurityMetric, securityMetrics } from '../../lambdas/functions.ts';

const lambdas = resolve(import.meta.dirname, '../../lambdas');
/** The table of what can be reported reports nothing. */
const table = join(lambdas, 'kernel/security-event.ts');

/** Path → text. */
export type Sources = ReadonlyMap<string, string>;

const importsOf = (path: string, text: string): readonly string[] =>
  [...text.matchAll(/from '(\.[^']+)'|import '(\.[^']+)'/g)].map((found) =>
    resolve(dirname(path), found[1] ?? found[2] ?? ''),
  );

/** Everything that functions consist of: what no function imports is in no bundle, and reports nothing. */
export const functionSources = (): Sources => {
  const sources = new Map<string, string>();
  const add = (path: string): void => {
    if (sources.has(path) || !existsSync(path)) return;
    const text = readFileSync(path, 'utf8');
    sources.set(path, text);
    for (const imported of importsOf(path, text)) add(imported);
  };
  for (const { entry } of functions) add(join(lambdas, entry));
  sources.delete(table);
  return sources;
};

const says = (sources: Sources, pattern: RegExp): boolean => [...sources.values()].some((text) => pattern.test(text));

/** A type that names an event reports none. */
export const isReported = (sources: Sources, event: string): boolean =>
  says(sources, new RegExp(`(?<!Extract<\\w+, \\{ )\\bevent: '${event}'`));

/** Whether some function reports an event that the metric counts, with the values that it counts. */
export const isEmitted = (sources: Sources, metric: SecurityMetric): boolean =>
  securityMetrics[metric].counts.some((counted: { readonly event: EventName; readonly where?: object }) => {
    const values = Object.values(counted.where ?? {}).filter((value) => typeof value === 'string');
    return isReported(sources, counted.event) && values.every((value) => says(sources, new RegExp(`'${value}'`)));
  });
