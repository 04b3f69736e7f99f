import { AssumeRoleCommand, type AssumeRoleCommandInput, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { account, admin, allow, type Local, policy, role, roleArn, startLocal } from './local-world.ts';

/** Trusts one role, wants exactly one tag, and that it has a value. */
const trust = policy({
  Effect: 'Allow',
  Principal: { AWS: roleArn('Function') },
  Action: ['sts:AssumeRole', 'sts:TagSession'],
  Condition: {
    Null: { 'aws:RequestTag/tenant': 'false' },
    StringLike: { 'aws:RequestTag/tenant': '?*' },
    'ForAllValues:StringEquals': { 'aws:TagKeys': 'tenant' },
  },
});
const target = role('Tenant', [allow('sts:AssumeRole', '*')], {
  trust,
  tags: { team: 'blue', Tenant: 'from the role' },
});
const caller = role('Function', []);
const stranger = role('Stranger', [allow('sts:*', '*')]);
const onlyAssume = role('OnlyAssume', [], {
  trust: policy({ Effect: 'Allow', Principal: { AWS: roleArn('Function') }, Action: 'sts:AssumeRole' }),
});
const open = role('Open', [], {
  trust: policy({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
  }),
  maxSessionSeconds: 7200,
});

let local: Local;
beforeAll(async () => {
  local = await startLocal([target, caller, stranger, onlyAssume, open]);
});
afterAll(() => local.close());

const assume = (as: string, input: Partial<AssumeRoleCommandInput>) =>
  local.as(as).sts.send(new AssumeRoleCommand({ RoleArn: roleArn('Tenant'), RoleSessionName: 'session', ...input }));

const tagged = (...pairs: readonly [string, string][]) => ({ Tags: pairs.map(([Key, Value]) => ({ Key, Value })) });
const denied = { name: 'AccessDenied' };

it('gives a session with the tag to whom the trust policy names', async () => {
  const { Credentials: made, AssumedRoleUser } = await assume('Function', tagged(['tenant', 'a']));
  expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${account}:assumed-role/Tenant/session`);
  const known = local.endpoint.credentials.find(made?.AccessKeyId ?? '');
  expect(known?.principal.tags).toEqual({ tenant: 'a', team: 'blue' });
  const session = local.clients({
    accessKeyId: made?.AccessKeyId ?? '',
    secretAccessKey: made?.SecretAccessKey ?? '',
    sessionToken: made?.SessionToken ?? '',
    expiresAt: 0,
  });
  expect((await session.sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(AssumedRoleUser?.Arn);
});

it.each<[string, string, Partial<AssumeRoleCommandInput>]>([
  ['no tag', 'Function', {}],
  ['an empty tag', 'Function', tagged(['tenant', ''])],
  ['another tag', 'Function', tagged(['team', 'a'])],
  ['one tag more', 'Function', tagged(['tenant', 'a'], ['team', 'b'])],
  ['a caller that is not trusted', 'Stranger', tagged(['tenant', 'a'])],
  ['a role that nobody has', 'Stranger', { RoleArn: roleArn('None') }],
  [
    'tags where the trust has only AssumeRole',
    'Function',
    { RoleArn: roleArn('OnlyAssume'), ...tagged(['tenant', 'a']) },
  ],
  ['a caller without the permission, where the account is trusted', 'Function', { RoleArn: roleArn('Open') }],
])('refuses %s', async (_, as, input) => {
  await expect(assume(as, input)).rejects.toMatchObject(denied);
});

it('allows where the account is trusted and the caller may', async () => {
  await expect(assume('Stranger', { RoleArn: roleArn('Open') })).resolves.toBeDefined();
});

it.each<[string, Partial<AssumeRoleCommandInput>]>([
  ['two tags whose keys differ by case', tagged(['tenant', 'a'], ['Tenant', 'b'])],
  ['more than an hour by role chaining', { RoleArn: roleArn('Open'), DurationSeconds: 3601 }],
  ['less than fifteen minutes', { DurationSeconds: 60 }],
  ['a session policy, which the twin does not have', { Policy: '{}' }],
  ['a session name with a slash', { RoleSessionName: 'a/b' }],
  ['a transitive key that is no tag', { TransitiveTagKeys: ['tenant'] }],
])('answers a clear error to %s', async (_, input) => {
  await expect(assume(admin.name, { RoleArn: roleArn('Open'), ...input })).rejects.toMatchObject({
    name: expect.stringMatching(/^(ValidationError|InvalidParameterValue)$/),
  });
});

it('hands transitive tags on, and does not let a later session say them anew', async () => {
  const first = local.endpoint.credentials.issue({
    roleName: 'Stranger',
    sessionName: 'first',
    tags: { tenant: 'a', passing: 'b' },
    transitiveTagKeys: ['tenant'],
  });
  const { sts } = local.clients(first);
  const made = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn('Open'), RoleSessionName: 'second' }));
  expect(local.endpoint.credentials.find(made.Credentials?.AccessKeyId ?? '')?.principal.tags).toEqual({ tenant: 'a' });
  await expect(
    sts.send(
      new AssumeRoleCommand({ RoleArn: roleArn('Open'), RoleSessionName: 'second', ...tagged(['tenant', 'b']) }),
    ),
  ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});
