import type { PagedDetection, PagerTable } from '../../lambdas/functions.ts';
import { detections } from '../detections/index.ts';
import { insightRuleName } from '../names.ts';
import type { Stage } from '../stage.ts';
import type { Detection } from './detection.ts';
import { groupNames, groups } from './groups.ts';
import { insightRules } from './insight-rules.ts';

/** Where a person reads what to do. */
export const runbookOf = (stage: Stage, name: string): string => `${stage.runbooksUrl.replace(/\/$/, '')}/${name}.md`;

const paged = (stage: Stage, detection: Detection): PagedDetection => ({
  name: detection.name,
  title: detection.title,
  severity: detection.severity,
  impact: detection.impact,
  ...(detection.technique && { technique: detection.technique }),
  runbook: runbookOf(stage, detection.name),
  firstCommand: detection.firstCommand(stage),
  closes: detection.closes,
  reports: (detection.reports ?? []).map((rule) => ({
    rule: insightRuleName(stage, rule),
    counts: insightRules[rule].counts,
    by: insightRules[rule].by,
  })),
});

export const membersOf = (group: string): readonly Detection[] =>
  detections.filter((detection) => detection.group === group);

/** What the pager knows of the detections: the file `detections.json` beside its bundle. */
export const pagerTable = (stage: Stage): PagerTable => ({
  stage: stage.name,
  detections: detections.map((detection) => paged(stage, detection)),
  groups: groupNames.map((name) => ({
    name,
    title: groups[name],
    detections: membersOf(name).map((detection) => detection.name),
  })),
});
