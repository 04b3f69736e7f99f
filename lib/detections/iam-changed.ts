import { defineDetection } from '../detecting/detection.ts';
import { is, isNot, notByDeployment, oneOf, pattern, succeeded } from '../detecting/patterns.ts';
import { administrator, awsService, deployment, iamUser, record, roleSession } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { filtersTrail } from '../detecting/signals.ts';
import { deploymentRoleName, logGroupName } from '../names.ts';

/** Everything in IAM that changes who may do what: policies, roles and their trust, users, keys, identity providers. */
const changes = [
  'Add*',
  'Attach*',
  'Create*',
  'Deactivate*',
  'Delete*',
  'Detach*',
  'Enable*',
  'Put*',
  'Remove*',
  'Set*',
  // Policies of roles speak of tags: a tag is a right.
  'Tag*',
  'Untag*',
  'Update*',
  'Upload*',
];

/** After CIS AWS Foundations 4.4, and more: also by CloudFormation, when it acts with rights other than the deployment's. */
export const iamChanged = defineDetection({
  name: 'iam-changed',
  title: 'An IAM policy, role, trust, user or key was changed outside the deployment.',
  severity: 'error',
  technique: { id: 'T1098', name: 'Account Manipulation' },
  impact: "Somebody may have given themselves a way to customers' data, now or later.",
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'trail')} --since 30m --filter-pattern '{ $.eventSource = "iam.amazonaws.com" && $.readOnly IS FALSE }'`,
  closes: 'person',
  delay: 'about five minutes: CloudTrail delivers to its log group',
  signal: (stage) =>
    filtersTrail(
      'iam-changed',
      pattern(
        is('eventSource', 'iam.amazonaws.com'),
        oneOf('eventName', changes),
        isNot('eventName', 'CreateServiceLinkedRole'),
        succeeded,
        notByDeployment(stage),
      ),
    ),
  samples: (stage) => {
    const happened = (call: string, by: Parameters<typeof record>[2], more = {}) =>
      once({ trail: record(stage, call, by, { awsRegion: 'us-east-1', ...more }) });
    const role = deploymentRoleName(stage);
    return {
      hits: [
        sample('an administrator changes a trust', happened('iam:UpdateAssumeRolePolicy', administrator(stage))),
        sample('a user, who has no role, attaches a policy', happened('iam:AttachRolePolicy', iamUser(stage, 'ada'))),
        sample('a user makes a key for another', happened('iam:CreateAccessKey', iamUser(stage, 'ada'))),
        sample(
          'a tenant role gets a tag, which its sessions would have',
          happened('iam:TagRole', administrator(stage)),
        ),
        sample('a second factor for another', happened('iam:EnableMFADevice', administrator(stage))),
        sample('a key to sign in with', happened('iam:UploadSigningCertificate', iamUser(stage, 'ada'))),
        sample(
          'CloudFormation with the rights of a person',
          happened('iam:PutRolePolicy', { ...administrator(stage), invokedBy: 'cloudformation.amazonaws.com' }),
        ),
        sample('a role with a longer name', happened('iam:PutRolePolicy', roleSession(stage, `${role}-2`, 'x'))),
        sample(
          'a role of that name, of another account',
          happened('iam:PutRolePolicy', roleSession({ account: '999999999999' }, role, 'x')),
        ),
        sample(
          'a session that calls itself like the role',
          happened('iam:PutRolePolicy', roleSession(stage, 'Administrators', role)),
        ),
      ],
      misses: [
        sample(
          'a deployment',
          happened('iam:CreateRole', deployment(stage)),
          happened('iam:PutRolePolicy', deployment(stage)),
        ),
        sample(
          'reading',
          happened('iam:GetRolePolicy', administrator(stage)),
          happened('iam:ListRoles', administrator(stage)),
        ),
      ],
      nearMisses: [
        sample(
          'an attempt that was refused',
          happened('iam:PutRolePolicy', administrator(stage), { errorCode: 'AccessDenied' }),
        ),
        sample(
          'a service makes its own role',
          happened('iam:CreateServiceLinkedRole', awsService('autoscaling.amazonaws.com')),
        ),
        sample('a change of another service', happened('sqs:CreateQueue', administrator(stage))),
        sample("a person's own password", happened('iam:ChangePassword', iamUser(stage, 'ada'))),
        sample('a report of IAM', happened('iam:GenerateCredentialReport', administrator(stage))),
      ],
    };
  },
});
