import { type PolicyKind, parsePolicy } from '../../../local/iam/parse-policy.ts';
import { PolicyError } from '../../../local/iam/policy-error.ts';

const good = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/*' };
const named = { ...good, Principal: { AWS: '111122223333' } };
const { Resource: _, ...trust } = named;

/** The policy of one statement: the good one, changed. */
const policy = (change: object, base: object = good) => ({
  Version: '2012-10-17',
  Statement: [{ ...base, ...change }],
});

const at = 'p.Statement[0]';

const illFormed: readonly (readonly [string, unknown, string])[] = [
  ['a policy that is no object', '{}', 'p'],
  ['an unknown element of the policy', { ...policy({}), Statements: [] }, 'p.Statements'],
  ['an unknown version', { ...policy({}), Version: '2012-10-18' }, 'p.Version'],
  ['a policy without statements', { Version: '2012-10-17' }, 'p.Statement'],
  ['an empty list of statements', { Statement: [] }, 'p.Statement'],
  ['an unknown element of a statement', policy({ Actions: '*' }), `${at}.Actions`],
  ['an element in another case', policy({ action: '*' }), `${at}.action`],
  ['no Effect', policy({ Effect: undefined }), `${at}.Effect`],
  ['an Effect in another case', policy({ Effect: 'allow' }), `${at}.Effect`],
  ['no action', policy({ Action: undefined }), at],
  ['Action and NotAction', policy({ NotAction: 's3:*' }), at],
  ['Resource and NotResource', policy({ NotResource: '*' }), at],
  ['Principal and NotPrincipal', policy({ Effect: 'Deny', Principal: '*', NotPrincipal: '*' }), at],
  ['NotPrincipal with Allow', policy({ NotPrincipal: { AWS: '111122223333' } }), `${at}.NotPrincipal`],
  ['an empty list of actions', policy({ Action: [] }), `${at}.Action`],
  ['an action without a service', policy({ Action: ['s3:GetObject', 'GetObject'] }), `${at}.Action[1]`],
  ['an action with a variable', policy({ Action: 's3:${aws:PrincipalTag/action}' }), `${at}.Action`],
  ['a resource that is no ARN', policy({ Resource: 'bucket' }), `${at}.Resource`],
  ['a resource that an intrinsic was to give', policy({ Resource: { 'Fn::GetAtt': ['a', 'Arn'] } }), `${at}.Resource`],
  ['an incomplete ARN', policy({ Resource: 'arn:aws:sqs' }), `${at}.Resource`],
  [
    'a variable before the fifth colon',
    policy({ Resource: 'arn:aws:s3::${aws:PrincipalAccount}:a' }),
    `${at}.Resource`,
  ],
  [
    'a condition without operator',
    policy({ Condition: { 'aws:SourceIp': '10.0.0.0/8' } }),
    `${at}.Condition.aws:SourceIp`,
  ],
  [
    'a condition without values',
    policy({ Condition: { StringEquals: { 's3:prefix': [] } } }),
    `${at}.Condition.StringEquals.s3:prefix`,
  ],
  [
    'a condition on an object',
    policy({ Condition: { StringEquals: { 's3:prefix': ['a', { Ref: 'x' }] } } }),
    `${at}.Condition.StringEquals.s3:prefix[1]`,
  ],
  ['a principal that is a string', policy({ Principal: 'arn:aws:iam::111122223333:root' }), `${at}.Principal`],
  ['a principal of unknown kind', policy({ Principal: { Aws: '*' } }), `${at}.Principal.Aws`],
  ['no principal at all', policy({ Principal: {} }), `${at}.Principal`],
  [
    'a wildcard inside a principal',
    policy({ Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } }),
    `${at}.Principal.AWS`,
  ],
  ['a service that is no service', policy({ Principal: { Service: ['*'] } }), `${at}.Principal.Service[0]`],
  [
    'a Sid given twice',
    {
      Statement: [
        { ...good, Sid: 'A' },
        { ...good, Sid: 'A' },
      ],
    },
    'p.Statement',
  ],
];

it.each(illFormed)('refuses %s and says where', (_name, document, location) => {
  const parse = () => parsePolicy(document, 'p');
  expect(parse).toThrow(PolicyError);
  expect(parse).toThrow(expect.objectContaining({ location, message: expect.stringContaining(`${location}: `) }));
});

const places: readonly (readonly [PolicyKind, string, object, boolean])[] = [
  ['identity', 'without principal', good, true],
  ['identity', 'with a principal', named, false],
  ['identity', 'without resource', { Effect: 'Allow', Action: '*' }, false],
  ['resource', 'with principal and resource', named, true],
  ['resource', 'without principal', good, false],
  ['trust', 'with a principal and no resource', trust, true],
  ['trust', 'with a resource', named, false],
];

it.each(places)('of kind %s, a statement %s is accepted: %#', (kind, _name, statement, accepted) => {
  const parse = () => parsePolicy(policy({}, statement), 'p', kind);
  if (accepted) expect(parse).not.toThrow();
  else expect(parse).toThrow(PolicyError);
});

it('keeps a well-formed policy as it was written', () => {
  const document = {
    Version: '2012-10-17',
    Id: 'key-policy',
    Statement: {
      Sid: 'Enable IAM User Permissions',
      Effect: 'Allow',
      Principal: { AWS: ['arn:aws:iam::111122223333:root', '*'], Service: 'sns.amazonaws.com' },
      NotAction: ['kms:Put*'],
      NotResource: '*',
      Condition: { Bool: { 'aws:SecureTransport': true }, NumericLessThan: { 's3:max-keys': [10, '20'] } },
    },
  };
  expect(parsePolicy(document, 'p')).toEqual(document);
});
