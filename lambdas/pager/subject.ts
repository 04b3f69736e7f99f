import type { PagedDetection, PagerTable, Severity } from '../kernel/paged-detection.ts';
import type { Notice } from './notice.ts';

/** What a notice is about, as the table of detections has it. */
export interface Subject {
  /** Detection, group, or what stands in their place. With the stage before it the dedup key of all its pages. */
  readonly name: string;
  readonly title: string;
  readonly severity: Severity;
  readonly impact: string;
  readonly technique?: string;
  readonly runbook?: string;
  readonly firstCommand?: string;
  readonly closes: PagedDetection['closes'];
  readonly reports: PagedDetection['reports'];
}

const severities: readonly Severity[] = ['critical', 'error', 'warning', 'info'];
const worstFirst = (detections: readonly PagedDetection[]): readonly PagedDetection[] =>
  [...detections].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));

const ofDetection = (detection: PagedDetection): Subject => {
  const { name, title, severity, impact, technique, runbook, firstCommand, closes, reports } = detection;
  return {
    ...{ name, title: title || name, severity, impact, runbook, firstCommand, closes, reports },
    ...(technique && { technique: `${technique.id} ${technique.name}` }),
  };
};

/** The group speaks with the voice of the worst of its alarms that fired; of all of them when the message names none. */
const ofGroup = (
  table: PagerTable,
  group: PagerTable['groups'][number],
  children: readonly string[],
): Subject | undefined => {
  const members = table.detections.filter(({ name }) => group.detections.includes(name));
  const named = members.filter(({ name }) => children.includes(name));
  const fired = worstFirst(named.length > 0 ? named : members);
  const [worst] = fired;
  if (!worst) return undefined;
  return {
    ...ofDetection(worst),
    name: group.name,
    title: named.length > 0 ? `${group.title} ${named.map(({ title }) => title).join(' ')}` : group.title,
    impact: [...new Set(fired.map(({ impact }) => impact))].join(' '),
    closes: members.some(({ closes }) => closes === 'person') ? 'person' : 'itself',
    reports: [...new Map(fired.flatMap(({ reports }) => reports).map((report) => [report.rule, report])).values()],
  };
};

/** Nobody wrote down what it means: critical until a person has looked. */
const unknown = (stage: string, name: string, title: string): Subject => ({
  name,
  title,
  severity: 'critical',
  impact: 'Not known: no detection describes this message. Look at it before anything else.',
  firstCommand: `aws cloudwatch describe-alarms --state-value ALARM --alarm-types MetricAlarm CompositeAlarm --alarm-name-prefix ringfence-${stage}-`,
  closes: 'person',
  reports: [],
});

/** What the notice is about. There is always something. */
export const subjectOf = (table: PagerTable, notice: Notice): Subject => {
  if (notice.kind === 'malformed')
    return unknown(
      table.stage,
      notice.id.replace('@', '-'),
      'A message to the topic of alarms that the pager does not understand.',
    );
  const prefix = `ringfence-${table.stage}-`;
  const withoutPrefix = (name: string) => (name.startsWith(prefix) ? name.slice(prefix.length) : name);
  const name = notice.kind === 'event' ? notice.detection : withoutPrefix(notice.alarm);
  const detection = table.detections.find((each) => each.name === name);
  if (detection) return ofDetection(detection);
  const group = table.groups.find((each) => each.name === name);
  const children = notice.kind === 'alarm' ? notice.children.map(withoutPrefix) : [];
  return (
    (group && ofGroup(table, group, children)) ??
    unknown(table.stage, name, `${name} fired, which no detection describes.`)
  );
};
