import { answerChecks } from './answer-checks.ts';
import { attemptChecks } from './attempt-checks.ts';
import type { Check } from './check.ts';
import { keyChecks } from './key-checks.ts';
import { operatorChecks } from './operator-checks.ts';
import { stackChecks } from './stack-checks.ts';
import { tableChecks } from './table-checks.ts';
import { tenantChecks } from './tenant-checks.ts';
import { trailChecks } from './trail-checks.ts';
import { transportChecks } from './transport-checks.ts';

/** Every check, in the order they are made: what is deployed, how it is reached, what it answers, what AWS enforces. */
export const checks: readonly Check[] = [
  ...stackChecks,
  ...transportChecks,
  ...answerChecks,
  ...tenantChecks,
  ...operatorChecks,
  ...tableChecks,
  ...keyChecks,
  ...trailChecks,
  ...attemptChecks,
];
