import { authorize } from '../../../local/iam/evaluate.ts';
import { operators } from '../../../local/iam/operators.ts';
import type { Decision, Statement } from '../../../local/types.ts';

const account = '111122223333';
const everything: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };

/** A read of one item by a session without tags. */
function decide(statements: readonly Statement[]): Decision {
  return authorize({
    action: 'dynamodb:GetItem',
    resource: `arn:aws:dynamodb:eu-west-1:${account}:table/records`,
    context: { 'dynamodb:LeadingKeys': ['blue#services'], 's3:prefix': 'home' },
    principal: {
      kind: 'session',
      arn: `arn:aws:sts::${account}:assumed-role/Reader/call-1`,
      account,
      roleName: 'Reader',
      roleArn: `arn:aws:iam::${account}:role/Reader`,
      sessionName: 'call-1',
      tags: {},
      policies: [{ Version: '2012-10-17', Statement: statements }],
    },
  });
}

const undecidable: readonly (readonly [string, Partial<Statement>])[] = [
  ['an unknown operator', { Condition: { StringMatches: { 's3:prefix': 'home' } } }],
  ['an operator in another case', { Condition: { stringequals: { 's3:prefix': 'home' } } }],
  ['an unknown set operator', { Condition: { 'ForSomeValues:StringEquals': { 's3:prefix': 'home' } } }],
  ['Null with IfExists', { Condition: { NullIfExists: { 's3:prefix': 'false' } } }],
  ['an operator named as an object has it', { Condition: { constructor: { 's3:prefix': 'home' } } }],
  ['an unknown operator on an absent key', { Condition: { StringMatches: { 's3:delimiter': '/' } } }],
  ['an unresolved variable in a resource', { Resource: 'arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/tenant}*' }],
  ['an unresolved variable in NotResource', { NotResource: 'arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/tenant}' }],
  [
    'an unresolved variable in a condition',
    { Condition: { StringEquals: { 's3:prefix': '${aws:PrincipalTag/tenant}' } } },
  ],
  [
    'an unresolved variable in a negated condition',
    { Condition: { StringNotEquals: { 's3:prefix': '${aws:PrincipalTag/tenant}' } } },
  ],
  [
    'an unresolved variable in a set',
    { Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': '${aws:PrincipalTag/tenant}#*' } } },
  ],
  ['a principal in an identity policy', { Principal: '*' }],
];

describe.each(undecidable)('%s fails closed', (_, part) => {
  const { Resource, ...rest } = everything;
  const statement = { ...rest, ...(part.NotResource ? {} : { Resource: Resource ?? '*' }), ...part, Sid: 'Doubtful' };

  it('an Allow does not apply, and the reason says why', () => {
    const decision = decide([statement]);
    expect(decision.allowed).toBe(false);
    expect(decision.reason).toContain('Doubtful of identity policy #0 does not apply because');
  });

  it('a Deny applies, and the reason says that this is doubt', () => {
    const decision = decide([everything, { ...statement, Effect: 'Deny' }]);
    expect(decision).toMatchObject({ allowed: false, by: { policy: 'identity policy #0', statement: 'Doubtful' } });
    expect(decision.reason).toContain('since it cannot be told whether it applies');
  });
});

it('a statement without Resource in an identity policy allows nothing', () => {
  expect(decide([{ Effect: 'Allow', Action: '*' }]).allowed).toBe(false);
});

it('a condition that fails for certain keeps a Deny from applying, doubt elsewhere in it or not', () => {
  const Condition = { StringEquals: { 's3:prefix': 'other' }, StringMatches: { 's3:prefix': 'home' } };
  expect(decide([everything, { ...everything, Effect: 'Deny', Condition }]).allowed).toBe(true);
});

// Every operator, so that one added later without thought is tried as well.
it.each([...operators.keys()])('%s does not throw on any value of the request', (operator) => {
  for (const wanted of ['', '*', 'arn:aws:s3:::a', '10', '2026-11-01', '10.0.0.0/8', 'true', '/', ':', '${', 'é🙂']) {
    const decision = decide([{ ...everything, Condition: { [operator]: { 's3:prefix': wanted } } }]);
    expect(decision.reason).toContain('dynamodb:GetItem');
  }
});
