import { type FunctionSpec, functions, type Table, tableOf, tables, touchesOf } from '../../lambdas/functions.ts';
import { type Resource, resourcesOf, type Statement, statementsOf, templatesOf } from './synthesized.ts';

const { foundation } = templatesOf('staging');
const account = 'arn:aws:iam::111111111111';
const root = { AWS: `${account}:root` };
const keys = resourcesOf(foundation, 'AWS::KMS::Key');
const policyOf = (id: string): readonly Statement[] => {
  const key = keys.find(({ logicalId }) => logicalId === id);
  if (!key) throw new Error(`There is no key ${id}.`);
  return statementsOf(key.Properties.KeyPolicy);
};
const administration = (statements: readonly Statement[]) => statements.filter(({ Sid }) => Sid === 'Administration');
const uses = (statements: readonly Statement[]) => statements.filter(({ Sid }) => Sid !== 'Administration');
const usersOf = (statement?: Statement): readonly string[] =>
  [statement?.Condition?.ArnEquals?.['aws:PrincipalArn'] ?? []]
    .flat()
    .map((arn) => arn.slice(`${account}:role/`.length))
    .sort();
const deployment = 'cdk-hnb659fds-cfn-exec-role-111111111111-eu-central-1';
const dynamoDb = 'dynamodb.eu-central-1.amazonaws.com';

/** Whatever encrypts, decrypts, signs, verifies, or hands that on. */
const cryptographic =
  /^kms:(\*|Encrypt|Decrypt|ReEncrypt|GenerateDataKey|GenerateMac|VerifyMac|Sign|Verify|DeriveSharedSecret|GetPublicKey|CreateGrant)/;

it('there is a key for each class of data, for sealing, for logs, for signing, for paging, for the trail, and no other', () => {
  const expected = [...Object.keys(tables), 'sealing', 'logs', 'signing', 'paging', 'trail'].map(
    (name) => `${name[0]?.toUpperCase()}${name.slice(1)}Key`,
  );
  expect(keys.map(({ logicalId }) => logicalId).sort()).toEqual(expected.sort());
});

describe.each(keys)('the policy of $logicalId', ({ logicalId, Properties }: Resource) => {
  const statements = policyOf(logicalId);

  it('lets the account administer and not use it', () => {
    expect(administration(statements)).toHaveLength(1);
    for (const { Action, Principal, Condition } of administration(statements)) {
      expect(Principal).toEqual(root);
      expect(Condition).toBeUndefined();
      expect(Action.filter((action) => cryptographic.test(action) || action.includes('*'))).toEqual([]);
      expect(Action).toEqual(
        expect.arrayContaining(['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:DescribeKey']),
      );
    }
  });

  it('gives use to named roles of this account, or to CloudWatch Logs for its own groups, and to nobody else', () => {
    if (logicalId === 'PagingKey') return; // test/infrastructure/paging.test.ts
    if (logicalId === 'TrailKey') return; // test/infrastructure/trail.test.ts
    expect(uses(statements).length).toBeGreaterThan(0);
    for (const statement of uses(statements)) {
      expect(statement.Effect).toBe('Allow');
      if (logicalId === 'LogsKey') {
        expect(statement.Principal).toEqual({ Service: 'logs.eu-central-1.amazonaws.com' });
        const groups = [statement.Condition?.ArnLike?.['kms:EncryptionContext:aws:logs:arn'] ?? []].flat();
        expect(groups).toEqual([
          'arn:aws:logs:eu-central-1:111111111111:log-group:/ringfence/staging/*',
          'arn:aws:logs:eu-central-1:111111111111:log-group:aws-waf-logs-ringfence-staging',
        ]);
      } else {
        expect(statement.Principal).toEqual(root);
        expect(usersOf(statement).length).toBeGreaterThan(0);
        expect(usersOf(statement).join()).not.toMatch(/[*?]/);
      }
    }
  });

  it('rotates, unless it signs', () => {
    expect(Properties.EnableKeyRotation).toBe(logicalId === 'SigningKey' ? undefined : true);
  });
});

describe.each(Object.keys(tables) as Table[])('the key of the table %s', (table) => {
  const statements = policyOf(`${table[0]?.toUpperCase()}${table.slice(1)}Key`);
  const touches = (touched: object): boolean =>
    Object.keys(touched).some((collection) => tableOf(collection as never) === table);

  const isStreamOf = (entrance: FunctionSpec['entrance']) => entrance.by === 'stream' && entrance.of === table;

  it('opens for exactly the roles that touch the table, through DynamoDB and for that table only', () => {
    const roles = functions.flatMap((spec) => [
      ...(touches(touchesOf(spec)) ? [`ringfence-staging-${spec.name}-tenant`] : []),
      ...(touches({ ...spec.everyTenant, ...spec.platform }) || isStreamOf(spec.entrance)
        ? [`ringfence-staging-${spec.name}`]
        : []),
    ]);
    const [use, ...more] = uses(statements).filter((statement) => !usersOf(statement).includes(deployment));
    expect(more).toEqual([]);
    expect(use?.Action).toEqual(['kms:Decrypt']);
    expect(usersOf(use)).toEqual(roles.sort());
    expect(use?.Condition?.StringEquals).toEqual({
      'kms:ViaService': dynamoDb,
      'kms:EncryptionContext:aws:dynamodb:tableName': `ringfence-staging-${table}`,
    });
  });

  it('lets the deployment make the table: through DynamoDB, grants to AWS services only', () => {
    const forDeployment = uses(statements).filter((statement) => usersOf(statement).includes(deployment));
    for (const statement of forDeployment) {
      expect(usersOf(statement)).toEqual([deployment]);
      expect(statement.Condition?.StringEquals).toEqual({ 'kms:ViaService': dynamoDb });
      if (statement.Action.includes('kms:CreateGrant')) {
        expect(statement.Action).toEqual(['kms:CreateGrant']);
        expect(statement.Condition?.Bool).toEqual({ 'kms:GrantIsForAWSResource': 'true' });
      }
    }
    expect(forDeployment.flatMap(({ Action }) => Action).sort()).toEqual([
      'kms:CreateGrant',
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey*',
      'kms:ReEncrypt*',
    ]);
  });
});

describe('the signing key', () => {
  const use = (action: string) => uses(policyOf('SigningKey')).filter(({ Action }) => Action.includes(action));

  it('signs for the authorizer alone, with ES256 alone', () => {
    const [sign, ...more] = use('kms:Sign');
    expect(more).toEqual([]);
    expect(usersOf(sign)).toEqual(['ringfence-staging-authorizer']);
    expect(sign?.Condition?.StringEquals).toEqual({ 'kms:SigningAlgorithm': 'ECDSA_SHA_256' });
    const key = keys.find(({ logicalId }) => logicalId === 'SigningKey');
    expect(key?.Properties).toMatchObject({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  });

  it('shows its public half to functions with routes that are not public', () => {
    const [verify, ...more] = use('kms:GetPublicKey');
    expect(more).toEqual([]);
    expect(usersOf(verify)).toEqual(
      functions
        .filter(({ entrance }) => entrance.by === 'routes' && entrance.routes.some((r) => r.permission !== 'public'))
        .map(({ name }) => `ringfence-staging-${name}`)
        .sort(),
    );
  });
});

describe('the sealing key', () => {
  it('ties every use to the session’s own tenant and to a context of tenant and purpose', () => {
    for (const { Condition } of uses(policyOf('SealingKey')))
      expect(Condition).toMatchObject({
        StringEquals: { 'kms:EncryptionContext:tenant': '${aws:PrincipalTag/tenant}' },
        'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['tenant', 'purpose'] },
        Null: {
          'aws:PrincipalTag/tenant': 'false',
          'kms:EncryptionContext:tenant': 'false',
          'kms:EncryptionContext:purpose': 'false',
          'kms:EncryptionContextKeys': 'false',
        },
      });
  });

  it('makes data keys for tenant roles that add them, opens them for those that read them', () => {
    const rolesWith = (...accesses: readonly string[]) =>
      functions
        .filter((spec) => [touchesOf(spec)['data-keys'] ?? []].flat().some((access) => accesses.includes(access)))
        .map(({ name }) => `ringfence-staging-${name}-tenant`)
        .sort();
    const usersFor = (action: string) =>
      uses(policyOf('SealingKey')).flatMap((statement) =>
        statement.Action.includes(action) ? usersOf(statement) : [],
      );
    expect(usersFor('kms:GenerateDataKeyWithoutPlaintext')).toEqual(rolesWith('add', 'change'));
    expect(usersFor('kms:Decrypt')).toEqual(rolesWith('read', 'change'));
    expect(uses(policyOf('SealingKey')).flatMap(({ Action }) => Action)).not.toContain('kms:GenerateDataKey');
  });
});
