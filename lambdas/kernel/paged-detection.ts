/** PagerDuty's severities: https://developer.pagerduty.com/docs/send-alert-event */
export type Severity = 'critical' | 'error' | 'warning' | 'info';

/** What the pager knows of a detection. */
export interface PagedDetection {
  /** Also the end of its alarm's name: `ringfence-<stage>-<name>`. */
  readonly name: string;
  /** What happened, one sentence. */
  readonly title: string;
  readonly severity: Severity;
  /** What it means for customers, one sentence. */
  readonly impact: string;
  /** Of MITRE ATT&CK, such as `T1110`; none where no attacker is needed. */
  readonly technique?: { readonly id: string; readonly name: string };
  /** Address of the runbook. */
  readonly runbook: string;
  /** What to run first, exactly. */
  readonly firstCommand: string;
  /** Whether the page is over when the alarm is, or when a person says so. */
  readonly closes: 'itself' | 'person';
  /** Contributor Insights rules that name who is affected. */
  readonly reports: readonly {
    /** Name of the rule. */
    readonly rule: string;
    /** What it counts: `failed calls`. */
    readonly counts: string;
    /** What its keys are: `['tenant']`. */
    readonly by: readonly string[];
  }[];
}

/** The file `detections.json` beside the pager's bundle, made from lib/detections. */
export interface PagerTable {
  readonly stage: string;
  readonly detections: readonly PagedDetection[];
  /** Composite alarms, `ringfence-<stage>-<name>`: one cause that would page many times. */
  readonly groups: readonly { readonly name: string; readonly title: string; readonly detections: readonly string[] }[];
}
