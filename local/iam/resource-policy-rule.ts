import type { AccessRequest } from '../types.ts';

// The operations of KMS that are about no key, or about an alias, which has no policy.
const keyless = new Set(
  ['CreateKey', 'ListKeys', 'ListAliases', 'GenerateRandom', 'CreateAlias', 'UpdateAlias', 'DeleteAlias'].map((name) =>
    `kms:${name}`.toLowerCase(),
  ),
);

const ofTrust = new Set(['sts:tagsession', 'sts:setsourceidentity']);

/**
 * Whether the resource's own policy must allow a request, whatever the caller's policies say: so it is with KMS keys and
 * with the assumption of roles. Derived from the request, so that no caller of the evaluator can forget it.
 *
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function needsResourcePolicy({ action }: Pick<AccessRequest, 'action'>): boolean {
  const name = action.toLowerCase();
  if (name.startsWith('kms:')) return !keyless.has(name);
  return name.startsWith('sts:assumerole') || ofTrust.has(name);
}
