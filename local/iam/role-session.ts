import type { PolicyDocument, Principal } from '../types.ts';

interface RoleLike {
  readonly name: string;
  readonly arn: string;
  readonly policies: readonly PolicyDocument[];
  readonly tags: Readonly<Record<string, string>>;
}

/** What an AWS service is when it acts under a role that it was given. */
export const roleSession = (
  { name, arn, policies, tags }: RoleLike,
  account: string,
  sessionName: string,
): Principal => ({
  kind: 'session',
  arn: `arn:aws:sts::${account}:assumed-role/${name}/${sessionName}`,
  account,
  roleName: name,
  roleArn: arn,
  sessionName,
  tags,
  policies,
});
