import { type FunctionSpec, idLengths, touchesOf } from '../../lambdas/functions.ts';
import { accountOf } from '../key-policies/administration.ts';
import type { Stage } from '../stage.ts';
import type { Statement } from '../statement.ts';
import { executionRoleArn } from './execution-grants.ts';
import { itemGrants } from './item-grants.ts';
import type { KeyArns } from './key-arns.ts';
import { sealingGrants } from './sealing-grants.ts';
import { tableKeyGrants } from './table-key-grants.ts';

const deny = (Sid: string, Action: readonly string[], Condition?: Statement['Condition']): Statement => ({
  Sid,
  Effect: 'Deny',
  Action,
  Resource: ['*'],
  ...(Condition && { Condition }),
});

/** What no session of a tenant role may do, whatever is allowed later or elsewhere. */
const denied: readonly Statement[] = [
  deny('NothingWithoutTenant', ['*'], { Null: { 'aws:PrincipalTag/tenant': 'true' } }),
  deny('NoOtherSession', ['sts:*']),
  // Neither sees the partition key that the conditions below compare.
  deny('NothingUnkeyed', ['dynamodb:Scan', 'dynamodb:PartiQL*']),
];

/** What a function may do in one tenant's name: exactly what its routes declare, in that tenant's partitions. */
export const tenantGrants = (stage: Stage, spec: FunctionSpec, keys: KeyArns): readonly Statement[] => {
  const touches = touchesOf(spec);
  return [
    ...denied,
    ...itemGrants(stage, 'tenant', touches),
    ...tableKeyGrants(stage, touches, keys.table),
    ...sealingGrants(touches, keys.sealing),
  ];
};

/**
 * Who may take a session: the function's execution role, by its fixed name, with exactly one tag, a tenant id. A role as
 * principal would be orphaned if it were made again. Never tag a tenant role itself with `tenant`: a session without the
 * tag would inherit it. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export const tenantTrust = (stage: Stage, spec: FunctionSpec): readonly Statement[] => [
  {
    Sid: 'OwnFunctionForOneTenant',
    Effect: 'Allow',
    Principal: accountOf(stage),
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Resource: [],
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': executionRoleArn(stage, spec) },
      StringLike: { 'aws:RequestTag/tenant': `ten_${'?'.repeat(idLengths.ten)}` },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['tenant'] },
      Null: { 'aws:RequestTag/tenant': 'false', 'aws:TagKeys': 'false' },
    },
  },
];
