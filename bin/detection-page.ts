import type { Detection } from '../lib/detecting/detection.ts';
import { groupNames, groups } from '../lib/detecting/groups.ts';
import { insightRules } from '../lib/detecting/insight-rules.ts';
import { membersOf } from '../lib/detecting/pager-table.ts';
import type { Measure, Signal, When } from '../lib/detecting/signal.ts';
import { detections } from '../lib/detections/index.ts';
import { alarmName, insightRuleName } from '../lib/names.ts';
import type { Stage } from '../lib/stage.ts';

const lasts = (seconds: number): string => (seconds % 3600 === 0 ? `${seconds / 3600} h` : `${seconds / 60} min`);

const periods = ({ periodSeconds, datapoints, periods: all }: When): string =>
  all === 1 ? `in ${lasts(periodSeconds)}` : `in ${datapoints} of ${all} × ${lasts(periodSeconds)}`;

const counted = (stage: Stage, { rule, expression, metrics }: Measure): string => {
  if (rule) return `largest contributor of \`${insightRuleName(stage, rule)}\` (${insightRules[rule].counts})`;
  if (expression) return `\`${expression}\``;
  return metrics.map(({ namespace, name }) => `\`${namespace} ${name}\``).join(', ');
};

const ofOne = ({ of }: Measure): string => (of === undefined ? '' : ` of ${of}`);
const others = ({ length }: readonly Measure[]): string => (length > 1 ? `, and ${length - 1} alarms alike` : '');

/** What fires it, in one line. Of several measures the first stands for all. */
const fires = (stage: Stage, signal: Signal): string => {
  if (signal.by === 'event-rule') return 'an event on the default bus';
  const [measure] = signal.measures;
  if (!measure) return '';
  const { when } = signal;
  return `${counted(stage, measure)}${ofOne(measure)} ${when.is} ${when.threshold} ${periods(when)}${others(signal.measures)}`;
};

const sources = {
  'security-metric': 'our functions’ security events',
  'trail-filter': 'a filter on the trail’s log group',
  'access-filter': 'a filter on the access log',
  contributors: 'Contributor Insights',
  metrics: 'metrics',
  'event-rule': 'an EventBridge rule',
} as const satisfies Record<Signal['by'], string>;

const technique = ({ technique }: Detection): string =>
  technique
    ? `[${technique.id}](https://attack.mitre.org/techniques/${technique.id.replace('.', '/')}/) ${technique.name}`
    : '';

const cell = (text: string): string => text.replaceAll('|', '\\|');

const row = (stage: Stage, detection: Detection): string => {
  const signal = detection.signal(stage);
  const cells = [
    `[${detection.name}](runbooks/${detection.name}.md)`,
    detection.severity,
    detection.title,
    `${fires(stage, signal)} (${sources[signal.by]})`,
    technique(detection),
    detection.delay,
    detection.closes === 'itself' ? 'by itself' : 'by a person',
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
};

const missing = (stage: Stage, detection: Detection): readonly string[] => {
  const signal = detection.signal(stage);
  if (signal.by === 'event-rule') return [];
  const { as, because } = signal.when.missing;
  return [`| ${detection.name} | ${as} | ${cell(because)} |`];
};

const filters = (stage: Stage, detection: Detection): readonly string[] => {
  const signal = detection.signal(stage);
  if (signal.by === 'event-rule')
    return [`### ${detection.name}\n\n\`\`\`json\n${JSON.stringify(signal.pattern, null, 2)}\n\`\`\`\n`];
  return signal.filters.map(({ pattern }) => `### ${detection.name}\n\n\`\`\`\n${pattern}\n\`\`\`\n`);
};

const group = (stage: Stage, name: (typeof groupNames)[number]): string =>
  `| \`${alarmName(stage, name)}\` | ${groups[name]} | ${membersOf(name)
    .map((member) => member.name)
    .join(', ')} |`;

/** The page docs/detections.md. Names in it are those of the stage. */
export const detectionPage = (stage: Stage): string => `# Detections

What pages somebody, and when. Made from \`lib/detections/index.ts\` by \`npm run detections -- --write\`; names are those of stage \`${stage.name}\`. Each links to its runbook. To add one, see [adding a detection](adding-a-detection.md).

| Detection | Severity | What happened | Fires on | ATT&CK | Delay on AWS | Closes |
|---|---|---|---|---|---|---|
${detections.map((detection) => row(stage, detection)).join('\n')}

The delay is what passes on AWS between the event and the alarm's data; the alarm's own period comes on top. CloudTrail delivers within about five minutes on average, and promises no bound (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html).

## One cause, many alarms

A composite alarm pages once where one cause would page many times. Its members have no actions of their own.

| Composite alarm | Says | Holds |
|---|---|---|
${groupNames.map((name) => group(stage, name)).join('\n')}

## Periods without data

| Detection | Count as | Because |
|---|---|---|
${detections.flatMap((detection) => missing(stage, detection)).join('\n')}

## Filters and event patterns

${detections.flatMap((detection) => filters(stage, detection)).join('\n')}`;
