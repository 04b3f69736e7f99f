import { contextKeysOf, contextOf, roleIdOf } from '../../../local/iam/principal-context.ts';
import type { Principal } from '../../../local/types.ts';

const roleArn = 'arn:aws:iam::111122223333:role/path/Reader';

const session = (tags: Readonly<Record<string, string>>): Principal => ({
  kind: 'session',
  arn: 'arn:aws:sts::111122223333:assumed-role/Reader/call-1',
  account: '111122223333',
  roleName: 'Reader',
  roleArn,
  sessionName: 'call-1',
  tags,
  policies: [],
});

it('describes a session by its role, its tags and its name', () => {
  expect(contextOf(session({ tenant: 'blue' }))).toEqual({
    'aws:PrincipalAccount': '111122223333',
    'aws:PrincipalArn': roleArn,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalTag/tenant': 'blue',
    'aws:PrincipalType': 'AssumedRole',
    'aws:userid': `${roleIdOf(roleArn)}:call-1`,
  });
});

it('describes a service by its name, without an ARN', () => {
  const service: Principal = { kind: 'service', service: 'sns.amazonaws.com', account: '111122223333' };
  expect(contextOf(service)).toEqual({
    'aws:PrincipalIsAWSService': 'true',
    'aws:PrincipalServiceName': 'sns.amazonaws.com',
    'aws:PrincipalServiceNamesList': ['sns.amazonaws.com'],
  });
});

it('gives a role an id of the form AWS gives, the same each time', () => {
  expect(roleIdOf(roleArn)).toMatch(/^AROA[A-Z0-9]{17}$/);
  expect(roleIdOf(roleArn)).toBe(roleIdOf(roleArn));
  expect(roleIdOf(roleArn)).not.toBe(roleIdOf(`${roleArn}2`));
});

it.each([
  ['tags', session({ tenant: 'blue', Tenant: 'green' }), {}],
  ['keys of a request', session({}), { 'aws:SourceIp': '10.0.0.1', 'AWS:SourceIp': '10.0.0.2' }],
])('refuses %s that differ by case only, so that chance never picks one', (_name, principal, context) => {
  expect(() => contextKeysOf({ principal, action: 'a:b', resource: '*', context })).toThrow('given twice');
});
