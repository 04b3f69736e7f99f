import type { Stage } from '../stage.ts';
import { isGiven } from './check-alarm.ts';
import type { Detection } from './detection.ts';
import { groups } from './groups.ts';
import { insightRules } from './insight-rules.ts';
import { runbookOf } from './pager-table.ts';
import type { Sample } from './sample.ts';

const sentence = /^[A-Z].*\.$/;
const techniqueId = /^T\d{4}(\.\d{3})?$/;
/** A description of an alarm has 1,024 characters, of which a link and two sentences need their share. */
const commandMax = 512;

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** A detection as it may arrive from an unfinished file. */
type Unfinished = Partial<Detection>;

type Rule = (detection: Unfinished, stage: Stage) => readonly (string | false)[];

const words: Rule = ({ name, title, impact, severity, closes, delay }) => [
  !(isText(name) && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) && 'name: expected lower-case words with dashes',
  !(isText(title) && sentence.test(title)) && 'title: expected one sentence that says what happened',
  !(isText(impact) && sentence.test(impact)) && 'impact: expected one sentence that says what it means for customers',
  !['critical', 'error', 'warning', 'info'].includes(severity ?? '') &&
    'severity: expected critical, error, warning or info',
  !['itself', 'person'].includes(closes ?? '') && 'closes: expected itself or person',
  !isText(delay) && 'delay: expected what passes on AWS before the page',
];

const technique: Rule = ({ technique }) => [
  technique !== undefined &&
    !(techniqueId.test(technique.id ?? '') && isText(technique.name)) &&
    'technique: expected an id of MITRE ATT&CK such as T1110.003, and its name',
];

const command: Rule = ({ firstCommand }, stage) => {
  const typed = typeof firstCommand === 'function' ? firstCommand(stage) : undefined;
  return [
    !(isText(typed) && !typed.includes('\n') && typed.length <= commandMax) &&
      `firstCommand: expected one command of one line, of at most ${commandMax} characters`,
  ];
};

const listed: Rule = ({ group, reports = [] }) => [
  group !== undefined && !Object.hasOwn(groups, group) && `group: lib/detecting/groups.ts has no ${group}`,
  ...reports.map(
    (rule) => !Object.hasOwn(insightRules, rule) && `reports: lib/detecting/insight-rules.ts has no ${rule}`,
  ),
];

const kinds = { hits: 'a hit', misses: 'a miss', nearMisses: 'a near-miss' } as const;

const samples: Rule = ({ samples }, stage) => {
  const given: Partial<Record<string, readonly Sample[]>> = { ...(typeof samples === 'function' && samples(stage)) };
  return Object.entries(kinds).flatMap(([kind, what]) => [
    !given[kind]?.length && `samples.${kind}: expected ${what} at least`,
    kind === 'hits' &&
      given.hits?.some(({ happens }) => happens.length === 0) === true &&
      'samples.hits: expected something to happen in each',
  ]);
};

const signal: Rule = ({ signal }) => [typeof signal !== 'function' && 'signal: expected what it watches'];

/** Which of its parts a detection lacks. */
export const partsMissing = (detection: Unfinished, stage: Stage): readonly string[] =>
  [words, technique, command, listed, samples, signal].flatMap((rule) => rule(detection, stage)).filter(isGiven);

/** What is not in the detection's file and yet is part of it. */
export const runbookMissing = (detection: Detection, runbooks: ReadonlySet<string>, stage: Stage): readonly string[] =>
  runbooks.has(detection.name)
    ? []
    : [
        `docs/runbooks/${detection.name}.md: expected its runbook there, to which ${runbookOf(stage, detection.name)} leads`,
      ];
