import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { functions } from '../../../lambdas/functions.ts';
import { metricsOf, securityMetrics } from '../../../lambdas/kernel/security-event.ts';
import { eventSamples } from '../../harness/event-samples.ts';

const lambdas = resolve(import.meta.dirname, '../../../lambdas');
const sources = readdirSync(lambdas, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.startsWith('kernel/'))
  .map((name) => readFileSync(join(lambdas, name), 'utf8'));

describe('which metric counts what', () => {
  it.each(eventSamples)('%j is counted by %j and no other', (event, metrics) => {
    expect(metricsOf(event)).toEqual(metrics);
  });

  it.each(Object.entries(securityMetrics))(
    '%s has a name and a meaning as detections print them',
    (name, { means, counts }) => {
      expect(name).toMatch(/^([A-Z][a-z]+)+$/);
      expect(means).toMatch(/^[A-Z][^.]+\.$/);
      expect(counts.length).toBeGreaterThan(0);
    },
  );

  it('leaves no event uncounted, and no metric without an event', () => {
    expect(eventSamples.filter(([event]) => metricsOf(event).length === 0)).toEqual([]);
    expect(new Set(eventSamples.flatMap(([event]) => metricsOf(event)))).toEqual(new Set(Object.keys(securityMetrics)));
  });
});

describe('what the detections wait for', () => {
  it.each([...new Set(eventSamples.map(([{ event }]) => event))])('%s is reported by code of ours', (event) => {
    expect(sources.some((source) => source.includes(`event: '${event}'`))).toBe(true);
  });

  /** Else its lines have no ids, and its cold starts are counted by nobody. */
  it.each(functions)('the handler of $name is observed', ({ entry }) => {
    expect(readFileSync(join(lambdas, entry), 'utf8')).toMatch(
      /handler = (observed|serve|servePublic|serveOperators)[(<]/,
    );
  });

  it.each(['platform/serve.ts', 'platform/serve-public.ts', 'operators/serve-operators.ts'])(
    'what %s makes is observed',
    (file) => {
      expect(readFileSync(join(lambdas, file), 'utf8')).toMatch(/^ +(return )?observed\(/m);
    },
  );
});
