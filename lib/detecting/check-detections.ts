import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { StageError } from '../stage.ts';
import { describe } from './alarm-properties.ts';
import { alarmProblems } from './check-alarm.ts';
import { emitterProblems, type Watchable } from './check-emitters.ts';
import { partsMissing, runbookMissing } from './check-parts.ts';
import type { Detection } from './detection.ts';
import { groupNames } from './groups.ts';

/** What stands around the detections. */
export interface Surroundings extends Omit<Watchable, 'filters'> {
  /** Files of lib/detections, without their ending and without index.ts. */
  readonly files: readonly string[];
  /** Files of docs/runbooks, without their ending. */
  readonly runbooks: ReadonlySet<string>;
}

/** A detection that would not do what it is for. One line for each reason: file, and what is missing. */
export class DetectionError extends StageError {}

const root = resolve(import.meta.dirname, '../..');

const namesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(resolve(root, folder))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));

/** Those of this checkout. */
export const filesAround = (): Pick<Surroundings, 'files' | 'runbooks'> => ({
  files: namesIn('lib/detections', '.ts').filter((file) => file !== 'index'),
  runbooks: new Set(namesIn('docs/runbooks', '.md')),
});

const descriptionMax = 1024;
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const eventPatternMax = 2048;

const problemsOf = (detection: Detection, watchable: Watchable, runbooks: ReadonlySet<string>): readonly string[] => {
  const { stage } = watchable;
  const missing = partsMissing(detection, stage);
  // The rest of what is wrong with it may follow from these.
  if (missing.length > 0) return missing;
  const signal = detection.signal(stage);
  const description = describe(stage, detection);
  return [
    ...runbookMissing(detection, runbooks, stage),
    ...(description.length > descriptionMax
      ? [`what its alarm says has ${description.length} characters, and CloudWatch takes ${descriptionMax}`]
      : []),
    ...(signal.by === 'event-rule'
      ? eventProblems(detection, signal.pattern)
      : [...alarmProblems(signal), ...emitterProblems(signal, detection.reports ?? [], watchable)]),
  ];
};

const eventProblems = ({ group, closes }: Detection, { source, detail }: Readonly<Record<string, unknown>>) => [
  ...(source && detail ? [] : ['its event pattern: expected source and detail, or every event of the account matches']),
  ...(JSON.stringify({ source, detail }).length > eventPatternMax
    ? [`its event pattern is longer than the ${eventPatternMax} characters that EventBridge takes`]
    : []),
  ...(group ? ['group: an event rule has no alarm that a composite alarm could hold'] : []),
  ...(closes === 'itself' ? ['closes: an event is never over by itself; expected person'] : []),
];

const filtersOf = (detections: readonly Detection[], { stage }: Pick<Watchable, 'stage'>): Watchable['filters'] =>
  detections.flatMap((detection) => {
    const signal = typeof detection.signal === 'function' ? detection.signal(stage) : undefined;
    return !signal || signal.by === 'event-rule' ? [] : signal.filters;
  });

const ofFiles = (detections: readonly Detection[], files: readonly string[]): readonly string[] => {
  const names = detections.map(({ name }) => name);
  return [
    ...files
      .filter((file) => !names.includes(file))
      .map((file) => `lib/detections/${file}.ts: lib/detections/index.ts does not list it, or its name differs.`),
    ...names
      .filter((name) => name && !files.includes(name))
      .map((name) => `lib/detections/${name}.ts: the detection ${name} expected to be in this file, which is missing.`),
    ...names
      .filter((name, n) => names.indexOf(name) !== n)
      .map((name) => `lib/detections/${name}.ts: lib/detections/index.ts lists it twice.`),
  ];
};

const ofGroups = (detections: readonly Detection[]): readonly string[] =>
  groupNames.flatMap((name) => {
    const members = detections.filter(({ group }) => group === name);
    if (members.length < 2)
      return [`lib/detecting/groups.ts: ${name} holds ${members.length} detections; expected two.`];
    return new Set(members.map(({ closes }) => closes)).size === 1
      ? []
      : members.map((member) => `lib/detections/${member.name}.ts: closes differs within the group ${name}.`);
  });

/** One line for each thing that is wrong: the file, and what is missing or can never be. */
export const detectionProblems = (
  detections: readonly Detection[],
  { files, runbooks, ...around }: Surroundings,
): readonly string[] => {
  const watchable = { ...around, filters: filtersOf(detections, around) };
  return [
    ...ofFiles(detections, files),
    ...ofGroups(detections),
    ...detections.flatMap((detection) =>
      problemsOf(detection, watchable, runbooks).map(
        (problem) => `lib/detections/${detection.name ?? '(without a name)'}.ts: ${problem}.`,
      ),
    ),
  ];
};

/** @throws DetectionError */
export const checkDetections = (detections: readonly Detection[], surroundings: Surroundings): void => {
  const problems = detectionProblems(detections, surroundings);
  if (problems.length > 0) throw new DetectionError(problems.join('\n'));
};
