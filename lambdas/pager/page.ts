import type { PagerTable, Severity } from '../kernel/paged-detection.ts';
import type { Decision, Telling } from './decide.ts';
import type { Notice } from './notice.ts';
import { cut, safeText } from './safe-text.ts';
import type { Subject } from './subject.ts';

/** Who is behind an alarm, by one Contributor Insights rule. */
export interface Contributors {
  readonly counts: string;
  readonly by: readonly string[];
  /** Largest first. */
  readonly top: readonly { readonly keys: readonly string[]; readonly value: number }[];
  readonly total: number;
  readonly unique: number;
}

/** What the on-call reads, before it takes the form of a vendor. Every text is safe to show, and none is a secret. */
export interface Page {
  readonly dedupKey: string;
  readonly telling: Telling;
  readonly closes: Subject['closes'];
  readonly title: string;
  readonly severity: Severity;
  readonly impact: string;
  readonly technique?: string;
  /** Tenants and addresses, and how many calls. */
  readonly affected: readonly string[];
  /** What changed, and since when. */
  readonly changed: readonly string[];
  readonly firstCommand?: string;
  readonly runbook?: string;
  readonly dashboard: string;
  readonly alarm?: string;
  /** A command that shows the lines behind it. */
  readonly correlation: string;
  /** When it happened, ISO 8601. */
  readonly at: string;
  readonly stage: string;
  readonly region: string;
  readonly component: string;
  /** The message itself, where it is all there is. */
  readonly raw?: string;
  /** What could not be found out in time. */
  readonly missing: readonly string[];
}

export interface Findings {
  readonly subject: Subject;
  readonly notice: Notice;
  readonly decision: Decision;
  readonly contributors: readonly Contributors[];
  readonly missing: readonly string[];
}

const iso = (time: number): string => new Date(time).toISOString();

/** Of one rule. Who is behind a flood is seen in the first, or is nobody in particular. */
const shownMost = 5;

const affectedBy = ({ counts, by, top, total, unique }: Contributors): readonly string[] => {
  if (top.length === 0) return [];
  const named = (keys: readonly string[]) => keys.map((key, index) => `${by[index] ?? ''} ${key}`.trim()).join(', ');
  const shown = top.slice(0, shownMost);
  const more = Math.max(unique, top.length) - shown.length;
  return [
    safeText(`${unique} × ${by.join(' and ')}, ${total} ${counts}`, 200),
    ...shown.map(({ keys, value }) => safeText(`${named(keys)}: ${value} ${counts}`, 200)),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
};

const changedBy = ({ notice, decision: { telling, incident } }: Findings): readonly string[] => {
  const lines: string[] = [];
  if (notice.kind === 'alarm') lines.push(`${notice.state} since ${iso(notice.at)}`, notice.reason);
  if (notice.kind === 'malformed') lines.push(`Arrived at ${iso(notice.at)}`);
  if (notice.kind === 'event') lines.push(`Happened at ${iso(notice.at)}`, ...notice.facts);
  if (telling === 'again') lines.push(`Time ${incident.times} since ${iso(incident.openedAt)}`);
  if (telling === 'over') lines.push(`Quiet again since ${iso(incident.changedAt)}: this message came late`);
  return lines.filter(Boolean);
};

/** The lines around it: for what the account did, its trail; else what functions and gateway wrote. */
const correlationOf = (stage: string, region: string, notice: Notice): string => {
  const isAccount = notice.kind === 'event' || (notice.kind === 'alarm' && notice.isAccount);
  const filter = notice.kind === 'event' && notice.eventId ? `filter eventID = "${notice.eventId}" | ` : '';
  const query = isAccount
    ? `SOURCE logGroups(namePrefix: ["/ringfence/${stage}/trail"]) | ${filter}fields @timestamp, eventName, userIdentity.arn, sourceIPAddress, errorCode`
    : `SOURCE logGroups(namePrefix: ["/ringfence/${stage}/"]) | filter message = "security" or level = "error" or status >= 400`;
  const seconds = Math.trunc(notice.at / 1000);
  return `aws logs start-query --region ${region} --start-time ${seconds - 3600} --end-time ${seconds + 900} --query-string '${query} | sort @timestamp desc | limit 100'`;
};

/** The page of a decided notice. */
export const pageOf = (table: PagerTable, region: string, findings: Findings): Page => {
  const { subject, notice, decision, contributors, missing } = findings;
  const { stage } = table;
  const console = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}`;
  return {
    dedupKey: cut(`ringfence-${stage}-${subject.name}`, 255),
    telling: decision.telling,
    closes: subject.closes,
    title: cut(subject.title, 400),
    severity: subject.severity,
    impact: cut(subject.impact, 1500),
    ...(subject.technique && { technique: subject.technique }),
    affected: contributors.flatMap(affectedBy),
    changed: changedBy(findings),
    ...(subject.firstCommand && { firstCommand: subject.firstCommand }),
    ...(subject.runbook && { runbook: subject.runbook }),
    dashboard: `${console}#dashboards/dashboard/ringfence-${stage}`,
    ...(notice.kind === 'alarm' && { alarm: `${console}#alarmsV2:alarm/${encodeURIComponent(notice.alarm)}` }),
    correlation: correlationOf(stage, region, notice),
    at: iso(notice.at),
    stage,
    region,
    component: subject.name,
    ...(notice.kind === 'malformed' && { raw: notice.raw || '(an empty message)' }),
    missing,
  };
};
