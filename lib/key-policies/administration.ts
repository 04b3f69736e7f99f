import { roleArn } from '../names.ts';
import type { Stage } from '../stage.ts';
import { allow, type Statement } from '../statement.ts';

/** The whole account, as far as its own IAM policies go. */
export const accountOf = ({ account }: Stage) => ({ AWS: `arn:aws:iam::${account}:root` });

const administration = [
  'CancelKeyDeletion',
  'CreateAlias',
  'DeleteAlias',
  'DescribeKey',
  'DisableKey',
  'DisableKeyRotation',
  'EnableKey',
  'EnableKeyRotation',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'ListGrants',
  'ListKeyPolicies',
  'ListKeyRotations',
  'ListResourceTags',
  'PutKeyPolicy',
  'RevokeGrant',
  'RotateKeyOnDemand',
  'ScheduleKeyDeletion',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateKeyDescription',
];

/**
 * The account administers a key and cannot use it: no cryptographic action, no CreateGrant. Who may change the policy
 * could give themselves use; that change is a management event in the trail.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export const administered = (stage: Stage): Statement => ({
  ...allow(
    'Administration',
    administration.map((action) => `kms:${action}`),
    ['*'],
  ),
  Principal: accountOf(stage),
});

/**
 * Use by named roles of this account, when their own policies allow it too. A role as principal would have to exist
 * first, and its statement would be orphaned by re-creation; a name is neither.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export const usedBy = (stage: Stage, roles: readonly string[], statement: Statement): readonly Statement[] =>
  roles.length === 0
    ? []
    : [
        {
          ...statement,
          Principal: accountOf(stage),
          Condition: {
            ...statement.Condition,
            ArnEquals: { 'aws:PrincipalArn': roles.map((role) => roleArn(stage, role)) },
          },
        },
      ];
