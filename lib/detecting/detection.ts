import type { Severity } from '../../lambdas/functions.ts';
import type { Stage } from '../stage.ts';
import type { GroupName } from './groups.ts';
import type { InsightRuleName } from './insight-rules.ts';
import type { Samples } from './sample.ts';
import type { Signal } from './signal.ts';

/** Something that happened, or may have, of which a person must know. One file in lib/detections is one of these. */
export interface Detection {
  /** Also the name of its file and of its runbook, and the end of its alarm's: `ringfence-<stage>-<name>`. */
  readonly name: string;
  /** What happened, one sentence. */
  readonly title: string;
  readonly severity: Severity;
  /** Of MITRE ATT&CK; none where no attacker is needed. */
  readonly technique?: { readonly id: string; readonly name: string };
  /** What it means for customers, one sentence. */
  readonly impact: string;
  /** What to run first, exactly as it is typed. */
  readonly firstCommand: (stage: Stage) => string;
  /** Whether the page is over when the alarm is, or when a person says so. */
  readonly closes: 'itself' | 'person';
  /** The composite alarm that pages in its place. */
  readonly group?: GroupName;
  /** The Contributor Insights rules that name who is affected, or who did it. */
  readonly reports?: readonly InsightRuleName[];
  /** What passes on AWS between the event and the page, beyond its alarm's own period. */
  readonly delay: string;
  readonly signal: (stage: Stage) => Signal;
  /** What must fire it, and what must not. */
  readonly samples: (stage: Stage) => Samples;
}

/** The only door to a detection. What is missing or can never fire stops synth: see check-detections.ts. */
export const defineDetection = (detection: Detection): Detection => detection;
