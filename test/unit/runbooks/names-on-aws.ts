import { functions, tables } from '../../../lambdas/functions.ts';
import { actsForTenants } from '../../../lib/constructs/execution-grants.ts';
import { groupNames } from '../../../lib/detecting/groups.ts';
import { detections } from '../../../lib/detections/index.ts';
import { alarmName, deadLetterQueueName, functionName, tenantRoleName } from '../../../lib/names.ts';
import type { Stage } from '../../../lib/stage.ts';

/** Stacks by their names, keys by their aliases, and what has one name only. */
const others = {
  stacks: ['foundation', 'api', 'detection'],
  keys: ['signing', 'sealing', 'logs', 'trail', 'paging'],
  webAcl: ['blocked'],
  secrets: ['pager'],
  topics: ['alarms'],
};

/** Every name that begins with `ringfence-<stage>-` and stands for something, but buckets, whose names end in the account. */
export const namesOnAws = (stage: Stage): ReadonlySet<string> =>
  new Set([
    `ringfence-${stage.name}`,
    ...functions.map((spec) => functionName(stage, spec)),
    ...functions.filter(actsForTenants).map((spec) => tenantRoleName(stage, spec)),
    ...functions
      .filter(({ entrance }) => entrance.by === 'alarms' || entrance.by === 'stream')
      .map((spec) => deadLetterQueueName(stage, spec)),
    ...[...detections.map(({ name }) => name), ...groupNames].map((name) => alarmName(stage, name)),
    // A table and its key have one name.
    ...[...Object.keys(tables), ...Object.values(others).flat()].map((name) => `ringfence-${stage.name}-${name}`),
    ...['trail', 'access-logs'].map((name) => `ringfence-${stage.name}-${name}-${stage.account}`),
  ]);
