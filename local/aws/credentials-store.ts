import { randomBytes, randomInt } from 'node:crypto';
import type { Credentials, Principal } from '../types.ts';
import type { CredentialsStore, KnownKey, SessionRequest, World } from './world.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const randomId = (prefix: string): string =>
  prefix + Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)]).join('');

interface Session {
  readonly request: SessionRequest;
  readonly credentials: Credentials;
  readonly issuedAt: number;
}

const forgetAfterMs = 24 * 3600 * 1000;
const pruneEvery = 1000;

/**
 * Issues access keys for role sessions and knows them again. The key is the only way to a principal: nothing that a
 * caller says takes part. Keys are random for each start; nothing is stored.
 */
export const createCredentialsStore = (world: World): CredentialsStore => {
  const sessions = new Map<string, Session>();

  const prune = () => {
    const before = world.clock.now() - forgetAfterMs;
    for (const [id, session] of sessions) if (session.credentials.expiresAt < before) sessions.delete(id);
  };

  const roleNamed = (name: string) => {
    const role = world.roles.get(name);
    if (role === undefined) throw new Error(`No role ${name} in the template: cannot issue its credentials.`);
    return role;
  };

  return {
    issue: (request) => {
      const role = roleNamed(request.roleName);
      if (sessions.size > 0 && sessions.size % pruneEvery === 0) prune();
      const credentials: Credentials = {
        accessKeyId: randomId('ASIA'),
        secretAccessKey: randomBytes(30).toString('base64'),
        sessionToken: randomBytes(96).toString('base64'),
        expiresAt: world.clock.now() + (request.seconds ?? role.maxSessionSeconds) * 1000,
      };
      sessions.set(credentials.accessKeyId, { request, credentials, issuedAt: world.clock.now() });
      return credentials;
    },
    find: (accessKeyId): KnownKey | undefined => {
      const session = sessions.get(accessKeyId);
      // The role is read now, so that a policy taken away is taken away from living sessions too, as on AWS.
      const role = session && world.roles.get(session.request.roleName);
      if (session === undefined || role === undefined) return undefined;
      const { request, credentials, issuedAt } = session;
      const principal: Extract<Principal, { kind: 'session' }> = {
        kind: 'session',
        arn: `arn:aws:sts::${world.account}:assumed-role/${role.name}/${request.sessionName}`,
        account: world.account,
        roleName: role.name,
        roleArn: role.arn,
        sessionName: request.sessionName,
        tags: mergedTags(role.tags, request.tags ?? {}),
        policies: role.policies,
      };
      return {
        credentials,
        principal,
        transitiveTagKeys: request.transitiveTagKeys ?? [],
        sessionTags: request.tags ?? {},
        issuedAt,
      };
    },
  };
};

/** Session tags win over the role's own; tag keys are compared without case (IAM User Guide, "Rules for tagging"). */
const mergedTags = (role: Readonly<Record<string, string>>, session: Readonly<Record<string, string>>) => {
  const taken = new Set(Object.keys(session).map((key) => key.toLowerCase()));
  const kept = Object.entries(role).filter(([key]) => !taken.has(key.toLowerCase()));
  return Object.fromEntries([...kept, ...Object.entries(session)]);
};
