import { type FunctionSpec, touchesOf } from '../../lambdas/functions.ts';
import { signingCondition, signs, verifies } from '../key-policies/signing-key.ts';
import { functionName, logGroupArn, logGroupName, roleArn, tenantRoleName } from '../names.ts';
import type { Stage } from '../stage.ts';
import { allow, type Statement } from '../statement.ts';
import { itemGrants } from './item-grants.ts';
import type { KeyArns } from './key-arns.ts';
import { deadLetterGrants, leavesDeadLetters, pages, pagingGrants } from './paging-grants.ts';
import { streamGrants } from './stream-grants.ts';
import { tableKeyGrants } from './table-key-grants.ts';

/** Whether it acts in the name of tenants, and so has a tenant role. */
export const actsForTenants = (spec: FunctionSpec): boolean => Object.keys(touchesOf(spec)).length > 0;

/** Lambda names the streams; `<group>:*` is how IAM writes all of one group. */
export const ownLogStreams = (stage: Stage, { name }: FunctionSpec): string =>
  `${logGroupArn(stage, logGroupName(stage, name))}:*`;

/** All that a function's own role may do. It has no tenant's data: for that it takes a session of its tenant role. */
export const executionGrants = (stage: Stage, spec: FunctionSpec, keys: KeyArns): readonly Statement[] => {
  const { everyTenant = {}, platform = {} } = spec;
  return [
    allow('WriteOwnLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], [ownLogStreams(stage, spec)]),
    ...(actsForTenants(spec)
      ? [allow('ActForTenant', ['sts:AssumeRole', 'sts:TagSession'], [roleArn(stage, tenantRoleName(stage, spec))])]
      : []),
    ...(signs(spec) ? [allow('SignAssertions', ['kms:Sign'], [keys.signing], signingCondition)] : []),
    ...(verifies(spec) ? [allow('VerifyAssertions', ['kms:GetPublicKey'], [keys.signing])] : []),
    ...(pages(spec) ? pagingGrants(stage, keys.paging) : []),
    ...(leavesDeadLetters(spec) ? deadLetterGrants(stage, spec, keys.paging) : []),
    ...streamGrants(stage, spec, keys),
    ...itemGrants(stage, 'every-tenant', everyTenant),
    ...itemGrants(stage, 'platform', platform),
    ...tableKeyGrants(stage, { ...everyTenant, ...platform }, keys.table),
  ];
};

/** @see functionName, which names the role too. */
export const executionRoleArn = (stage: Stage, spec: FunctionSpec): string => roleArn(stage, functionName(stage, spec));
