import { roleIdOf } from '../../iam/principal-context.ts';
import type { RequestContext } from '../../types.ts';
import { AwsError, invalid } from '../aws-error.ts';
import { type Fields, optionalText, text } from '../fields.ts';
import type { ServiceCall } from '../service.ts';
import type { CredentialsStore, KnownKey, Role, World } from '../world.ts';
import { type SessionTags, sessionTags } from './session-tags.ts';

const chainedSecondsMax = 3600;
const unsupported = ['Policy', 'PolicyArns.member.1.arn', 'ExternalId', 'SerialNumber', 'TokenCode', 'SourceIdentity'];

interface Wanted {
  readonly role: Role | undefined;
  readonly roleArn: string;
  readonly sessionName: string;
  readonly tags: SessionTags;
}

const wantedBy = (input: Fields, world: World): Wanted => {
  const roleArn = text(input, 'RoleArn');
  const sessionName = text(input, 'RoleSessionName');
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName))
    throw invalid(`RoleSessionName ${sessionName} must match [\\w+=,.@-]{2,64}`);
  const strange = unsupported.find((name) => optionalText(input, name) !== undefined);
  // Ignored, a session policy or an external id would give more than AWS gives.
  if (strange !== undefined) throw invalid(`The local STS does not have ${strange}.`);
  const role = [...world.roles.values()].find(({ arn }) => arn === roleArn);
  return { role, roleArn, sessionName, tags: sessionTags(input) };
};

/** The tags that the new session will have: what is transitive goes on and cannot be said anew. */
const inherited = ({ sessionTags: own, transitiveTagKeys }: KnownKey, { requested }: SessionTags) => {
  const kept = Object.entries(own).filter(([key]) => transitiveTagKeys.includes(key));
  const taken = kept.find(([key]) => Object.keys(requested).some((each) => each.toLowerCase() === key.toLowerCase()));
  if (taken !== undefined)
    throw new AwsError(
      'InvalidParameterValue',
      `One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session: ${taken[0]}`,
    );
  return Object.fromEntries(kept);
};

const contextOf = ({ sessionName, tags }: Wanted, all: Readonly<Record<string, string>>): RequestContext => ({
  'sts:RoleSessionName': sessionName,
  ...Object.fromEntries(Object.entries(all).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
  ...(Object.keys(all).length > 0 ? { 'aws:TagKeys': Object.keys(all) } : {}),
  ...(tags.transitiveKeys.length > 0 ? { 'sts:TransitiveTagKeys': tags.transitiveKeys } : {}),
});

/** Every caller of the twin is a role's session, so that every assumption is role chaining: an hour at most. */
const secondsOf = (input: Fields, role: Role): number => {
  const asked = optionalText(input, 'DurationSeconds');
  const seconds = asked === undefined ? chainedSecondsMax : Number(asked);
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200)
    throw invalid('DurationSeconds must be from 900 to 43200.');
  if (seconds > role.maxSessionSeconds)
    throw invalid('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  if (seconds > chainedSecondsMax)
    throw invalid('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.');
  return seconds;
};

/**
 * AssumeRole: the role's trust policy must admit the caller, with `sts:TagSession` too when tags are passed.
 * Source: STS API Reference, "AssumeRole"; IAM User Guide, "Pass session tags in AWS STS".
 */
export const assumeRole = (call: ServiceCall, world: World, credentials: CredentialsStore): (() => Fields) => {
  const wanted = wantedBy(call.input, world);
  const { role, roleArn, sessionName, tags } = wanted;
  const transitive = inherited(call.caller, tags);
  const all = { ...transitive, ...tags.requested };
  const policy = role && { name: `trust policy of ${role.name}`, document: role.trust };
  const context = contextOf(wanted, all);
  call.gate({ action: 'sts:AssumeRole', resource: roleArn, policy, context });
  if (Object.keys(tags.requested).length > 0)
    call.gate({ action: 'sts:TagSession', resource: roleArn, policy, context });
  // A role that does not exist has no trust policy: the gate has refused it.
  if (role === undefined) throw new Error('a role without a trust policy was allowed');
  return () => {
    const issued = credentials.issue({
      roleName: role.name,
      sessionName,
      tags: all,
      transitiveTagKeys: [...Object.keys(transitive), ...tags.transitiveKeys],
      seconds: secondsOf(call.input, role),
    });
    return {
      Credentials: {
        AccessKeyId: issued.accessKeyId,
        SecretAccessKey: issued.secretAccessKey,
        SessionToken: issued.sessionToken,
        Expiration: new Date(issued.expiresAt).toISOString(),
      },
      AssumedRoleUser: {
        AssumedRoleId: `${roleIdOf(role.arn)}:${sessionName}`,
        Arn: `arn:aws:sts::${world.account}:assumed-role/${role.name}/${sessionName}`,
      },
      PackedPolicySize: Math.ceil(JSON.stringify(all).length / 40),
    };
  };
};
