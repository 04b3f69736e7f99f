import { checkDetections, detectionProblems, type Surroundings } from '../../../lib/detecting/check-detections.ts';
import type { Detection } from '../../../lib/detecting/detection.ts';
import type { AlarmSignal, Measure, When } from '../../../lib/detecting/signal.ts';
import { detections } from '../../../lib/detections/index.ts';
import { findStage } from '../../../lib/find-stage.ts';
import { StageError } from '../../../lib/stage.ts';
import { surroundings } from './surroundings.ts';

const stage = findStage('staging');

const named = (name: string): Detection => {
  const found = detections.find((detection) => detection.name === name);
  if (!found) throw new Error(`There is no detection ${name}.`);
  return found;
};

/** The index with one detection changed, and what synth says of it. */
const problemsWith = (name: string, changed: Partial<Detection>, around: Partial<Surroundings> = {}) =>
  detectionProblems(
    detections.map((detection) => (detection.name === name ? { ...named(name), ...changed } : detection)),
    { ...surroundings(stage), ...around },
  );

const alarmOf = (name: string): AlarmSignal => {
  const signal = named(name).signal(stage);
  if (signal.by === 'event-rule') throw new Error(`${name} has no alarm.`);
  return signal;
};

/** The same signal with another condition, or another measure. */
const when = (name: string, changed: Partial<When>): Partial<Detection> => ({
  signal: () => ({ ...alarmOf(name), when: { ...alarmOf(name).when, ...changed } }),
});
const measure = (name: string, changed: Partial<Measure>): Partial<Detection> => ({
  signal: () => ({ ...alarmOf(name), measures: alarmOf(name).measures.map((one) => ({ ...one, ...changed })) }),
});
const metric = (name: string, changed: Partial<Measure['metrics'][number]>): Partial<Detection> =>
  measure(name, { metrics: alarmOf(name).measures[0]?.metrics.map((one) => ({ ...one, ...changed })) ?? [] });

// biome-ignore lint/suspicious/noExplicitAny: what an unfinished file may hold.
const nothing = undefined as any;

it('the detections of this checkout pass', () => {
  expect(detectionProblems(detections, surroundings(stage))).toEqual([]);
});

describe('a detection without a part is refused, with its file and the part', () => {
  it.each<[string, Partial<Detection>, RegExp]>([
    ['title', { title: nothing }, /title: expected/],
    ['title that is no sentence', { title: 'root' }, /title: expected/],
    ['impact', { impact: nothing }, /impact: expected/],
    ['severity', { severity: nothing }, /severity: expected/],
    ['closes', { closes: nothing }, /closes: expected/],
    ['delay', { delay: '' }, /delay: expected/],
    ['first command', { firstCommand: nothing }, /firstCommand: expected/],
    ['first command of one line', { firstCommand: () => 'aws\nsts' }, /firstCommand: expected/],
    ['signal', { signal: nothing }, /signal: expected/],
    ['samples', { samples: nothing }, /samples\.hits: expected/],
    ['technique that exists', { technique: { id: 'T11', name: 'Brute Force' } }, /technique: expected/],
    ['group that exists', { group: 'no-such' as never }, /group: .* no no-such/],
    ['report that exists', { reports: ['no-such' as never] }, /reports: .* no no-such/],
  ])('%s', (_, changed, message) => {
    const problems = problemsWith('root-used', changed);
    expect(problems).toContainEqual(expect.stringMatching(message));
    for (const problem of problems) expect(problem).toMatch(/^lib\/detections\/root-used\.ts: /);
  });

  it.each(['hits', 'misses', 'nearMisses'])('samples of %s', (kind) => {
    const problems = problemsWith('root-used', {
      samples: (of) => ({ ...named('root-used').samples(of), [kind]: [] }),
    });
    expect(problems).toEqual([expect.stringMatching(`^lib/detections/root-used.ts: samples.${kind}: expected`)]);
  });
});

describe.each(detections.map(({ name }) => name))('%s', (name) => {
  it('cannot lose its runbook', () => {
    const runbooks = new Set(detections.map((detection) => detection.name).filter((other) => other !== name));
    expect(problemsWith(name, {}, { runbooks })).toEqual([
      expect.stringMatching(`^lib/detections/${name}.ts: docs/runbooks/${name}.md: expected`),
    ]);
  });

  it('cannot lose its row in the index', () => {
    const rest = detections.filter((detection) => detection.name !== name);
    expect(detectionProblems(rest, surroundings(stage)).join()).toContain(
      `lib/detections/${name}.ts: lib/detections/index.ts does not list it`,
    );
  });

  it('cannot lose its file', () => {
    const files = surroundings(stage).files.filter((file) => file !== name);
    expect(problemsWith(name, {}, { files })).toEqual([expect.stringContaining(`lib/detections/${name}.ts`)]);
  });
});

describe('a threshold that can never fire, or never stops, is refused', () => {
  it.each<[string, string, Partial<Detection>, RegExp]>([
    [
      'more datapoints than periods',
      'api-errors',
      when('api-errors', { datapoints: 3, periods: 2 }),
      /never fire: it wants 3 of 2/,
    ],
    ['no datapoint', 'api-errors', when('api-errors', { datapoints: 0 }), /datapoints: expected/],
    ['no period', 'api-errors', when('api-errors', { periods: 0, datapoints: 0 }), /periods: expected/],
    [
      'more than all percent',
      'api-errors',
      when('api-errors', { threshold: 101 }),
      /never fire: .* between 0 and 100, .* >= 101/,
    ],
    ['above all percent', 'api-errors', when('api-errors', { is: '>', threshold: 100 }), /never fire/],
    ['above 1 of what is 0 or 1', 'trail-silent', when('trail-silent', { is: '>', threshold: 1 }), /never fire/],
    ['a count below 0', 'root-used', when('root-used', { is: '<', threshold: 0 }), /never fire/],
    ['a count that is 0 at least', 'root-used', when('root-used', { threshold: 0 }), /fires always/],
    [
      'a contributor with 0',
      'authentication-failures-from-one-address',
      when('authentication-failures-from-one-address', { threshold: 0 }),
      /fires always/,
    ],
    ['no number', 'root-used', when('root-used', { threshold: Number.NaN }), /threshold: expected a number/],
    [
      'a period that CloudWatch does not have',
      'root-used',
      when('root-used', { periodSeconds: 90 }),
      /periodSeconds is 90/,
    ],
    [
      'a look back of two days',
      'root-used',
      when('root-used', { periodSeconds: 300, periods: 600 }),
      /looks back a day/,
    ],
    [
      'missing data without a reason',
      'root-used',
      when('root-used', { missing: { as: 'ignore', because: '' } }),
      /missing: expected/,
    ],
    [
      'a metric that the expression does not use',
      'api-errors',
      measure('api-errors', { expression: '100 * failed / 5' }),
      /calls is nowhere/,
    ],
    [
      'an expression over what is no metric',
      'api-errors',
      measure('api-errors', { expression: 'failed / calls / other' }),
      /names other/,
    ],
    ['no metric', 'root-used', measure('root-used', { metrics: [] }), /expected a metric/],
    ['no measure', 'root-used', { signal: () => ({ ...alarmOf('root-used'), measures: [] }) }, /watches nothing/],
  ])('%s', (_, name, changed, message) => {
    const problems = problemsWith(name, changed);
    expect(problems).toContainEqual(expect.stringMatching(message));
    for (const problem of problems) expect(problem).toMatch(new RegExp(`^lib/detections/${name}\\.ts: `));
  });
});

describe('what nobody emits is not watched', () => {
  it.each<[string, string, Partial<Detection>, RegExp]>([
    [
      'a security metric that is none',
      'assertion-refused',
      metric('assertion-refused', { name: 'AssertionsRefused' }),
      /nobody emits AssertionsRefused/,
    ],
    [
      'a metric of the account without a filter',
      'root-used',
      metric('root-used', { name: 'RootSeen' }),
      /RootSeen: no detection has a filter/,
    ],
    ['a metric that AWS has not', 'api-slow', metric('api-slow', { name: 'Latencies' }), /no such metric of AWS/],
    [
      'a function that is none',
      'authorizer-silent',
      metric('authorizer-silent', {
        namespace: 'AWS/Lambda',
        name: 'Invocations',
        dimensions: { FunctionName: 'ringfence-staging-nobody' },
      }),
      /no FunctionName ringfence-staging-nobody/,
    ],
    [
      'a queue that is none',
      'dead-letter-queue-not-empty',
      metric('dead-letter-queue-not-empty', { dimensions: { QueueName: 'nobody' } }),
      /no QueueName nobody/,
    ],
    [
      'an API without its stage',
      'api-slow',
      metric('api-slow', { dimensions: { ApiName: 'ringfence-staging' } }),
      /expected the dimensions ApiName and Stage/,
    ],
    [
      'a field that the access log has not',
      'authorizer-failing',
      {
        signal: () => ({
          ...alarmOf('authorizer-failing'),
          filters: alarmOf('authorizer-failing').filters.map((one) => ({ ...one, pattern: '{ $.errorKind = "x" }' })),
        }),
      },
      /errorKind: the access log has no such field/,
    ],
  ])('%s', (_, name, changed, message) => {
    expect(problemsWith(name, changed)).toContainEqual(expect.stringMatching(message));
  });

  it.each([
    ['authentication-failures-burst', 'authentication-failed'],
    ['revoked-credential-used', 'authentication-failed'],
    ['tenant-boundary-touched', 'tenant-boundary-touched'],
    ['assertion-refused', 'assertion-refused'],
    ['principal-refused-on-many-routes', 'authorization-refused'],
    ['audit-event-changed', 'audit-event-changed'],
  ])('%s is refused once no function reports %s', (name, event) => {
    const around = surroundings(stage);
    const sources = new Map(
      [...around.sources].map(([path, text]) => [path, text.replaceAll(`event: '${event}'`, '')]),
    );
    expect(problemsWith(name, {}, { sources }).join('\n')).toMatch(
      new RegExp(`^lib/detections/${name}\\.ts: nobody emits`, 'm'),
    );
  });

  it('a log group that is gone takes its detections with it', () => {
    const around = surroundings(stage);
    const LogGroupName = new Set([...(around.named.LogGroupName ?? [])].filter((group) => !group.endsWith('/trail')));
    expect(problemsWith('root-used', {}, { named: { ...around.named, LogGroupName } })).toContainEqual(
      'lib/detections/root-used.ts: nobody emits RootUsed: the templates have no log group /ringfence/staging/trail.',
    );
  });
});

it('members of a group close alike, and an event rule is none', () => {
  expect(problemsWith('api-slow', { closes: 'person' })).toContainEqual(
    expect.stringMatching(/api-slow\.ts: closes differs/),
  );
  expect(problemsWith('trail-changed', { group: 'api-failing' })).toContainEqual(
    expect.stringMatching(/trail-changed\.ts: group: an event rule/),
  );
});

it('a pattern that is too long for CloudWatch Logs is refused', () => {
  const { filters } = alarmOf('root-used');
  const long = filters.map((one) => ({ ...one, pattern: `{ $.a = "${'x'.repeat(1024)}" }` }));
  expect(problemsWith('root-used', { signal: () => ({ ...alarmOf('root-used'), filters: long }) })).toContainEqual(
    expect.stringMatching(/filter pattern has \d+ characters/),
  );
});

it('synth stops with the message alone, one line for each problem', () => {
  const check = () => checkDetections([{ ...named('root-used'), title: '', impact: '' }], surroundings(stage));
  expect(check).toThrow(StageError);
  expect(check).toThrow(/^lib\/detections\/root-used\.ts: title: .*\nlib\/detections\/root-used\.ts: impact: /m);
});

it.each(['local', 'staging', 'production'])(
  'in stage %s, at the longest names of account and region, every limit is kept',
  (name) => {
    const long = { ...findStage(name), region: 'ap-southeast-7' };
    expect(detectionProblems(detections, { ...surroundings(long), stage: long })).toEqual([]);
  },
);
