import { functions, tables, touchesOf } from '../../lambdas/functions.ts';
import { answersRequests } from '../../lib/stacks/api.ts';
import { policyOf, referredKey, resourcesOf, roleNamed, statementsOf, templatesOf } from './synthesized.ts';

const { api, foundation } = templatesOf('staging');
const roles = resourcesOf(api, 'AWS::IAM::Role');
/** The functions of the stack `api`. */
const served = functions.filter(answersRequests);

describe('every Lambda function', () => {
  it('is defined in lambdas/functions.ts, and every definition is there', () => {
    const names = resourcesOf(api, 'AWS::Lambda::Function').map(({ Properties }) => Properties.FunctionName);
    expect(names.sort()).toEqual(served.map(({ name }) => `ringfence-staging-${name}`).sort());
    expect(resourcesOf(foundation, 'AWS::Lambda::Function')).toEqual([]);
  });

  it.each(served)('$name has the runtime, limits and impact of its definition', (spec) => {
    const found = resourcesOf(api, 'AWS::Lambda::Function').find(
      ({ Properties }) => Properties.FunctionName === `ringfence-staging-${spec.name}`,
    );
    expect(found?.Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: spec.timeoutSeconds,
      MemorySize: spec.memoryMb,
      Description: `When it fails: ${spec.impact}`,
    });
    expect(found?.Properties.ReservedConcurrentExecutions).toBe(spec.reservedConcurrency);
    expect(found?.Properties.LoggingConfig.LogGroup.Ref).toMatch(/Logs$/);
  });

  it('is invoked by this API only, or through a URL that asks for IAM', () => {
    for (const { Properties } of resourcesOf(api, 'AWS::Lambda::Permission')) {
      expect(Properties.Principal).toBe('apigateway.amazonaws.com');
      const arn = JSON.stringify(Properties.SourceArn);
      expect(arn).toMatch(/execute-api:eu-central-1:111111111111:.*"Ref":"Api\w+".*\/(staging|authorizers)\/\*/);
    }
    for (const { Properties } of resourcesOf(api, 'AWS::Lambda::Url')) expect(Properties.AuthType).toBe('AWS_IAM');
    const forOperators = functions.filter(({ entrance }) => entrance.by === 'operators');
    expect(resourcesOf(api, 'AWS::Lambda::Url')).toHaveLength(forOperators.length);
  });
});

describe('every role', () => {
  it('is an execution role, a tenant role, or the gateway’s for its log', () => {
    const withTenantRole = served.filter((spec) => Object.keys(touchesOf(spec)).length > 0);
    const expected = [
      ...served.map(({ name }) => `ringfence-staging-${name}`),
      ...withTenantRole.map(({ name }) => `ringfence-staging-${name}-tenant`),
    ];
    expect(roles.flatMap(({ Properties }) => Properties.RoleName ?? []).sort()).toEqual(expected.sort());
    const unnamed = roles.filter(({ Properties }) => Properties.RoleName === undefined);
    expect(unnamed.map(({ Properties }) => JSON.stringify(Properties.ManagedPolicyArns))).toEqual([
      expect.stringContaining('service-role/AmazonAPIGatewayPushToCloudWatchLogs'),
    ]);
    expect(resourcesOf(api, 'AWS::IAM::Policy')).toEqual([]);
    expect(resourcesOf(api, 'AWS::IAM::ManagedPolicy')).toEqual([]);
  });

  it.each(roles.filter(({ Properties }) => Properties.RoleName))(
    '$Properties.RoleName names each action and resource; the one pattern is the streams of its own log group',
    ({ Properties }) => {
      const allowed = policyOf({ logicalId: '', Type: '', Properties }).filter(({ Effect }) => Effect === 'Allow');
      expect(Properties.ManagedPolicyArns).toBeUndefined();
      expect(allowed.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
      const patterns = allowed.flatMap(({ Resource }) => Resource).filter((arn) => JSON.stringify(arn).includes('*'));
      const name = Properties.RoleName.replace('ringfence-staging-', '');
      expect(patterns).toEqual(
        name.endsWith('-tenant')
          ? []
          : [`arn:aws:logs:eu-central-1:111111111111:log-group:/ringfence/staging/${name}:*`],
      );
    },
  );

  it('trusts Lambda, the gateway, or the account under a named role', () => {
    for (const { Properties } of roles)
      for (const { Principal, Condition } of statementsOf(Properties.AssumeRolePolicyDocument)) {
        const service = String(Principal?.Service ?? '');
        if (service) expect(['lambda.amazonaws.com', 'apigateway.amazonaws.com']).toContain(service);
        else expect(Condition?.ArnEquals?.['aws:PrincipalArn']).toMatch(/:role\/ringfence-staging-[a-z-]+$/);
      }
  });

  it.each(served)('$name uses the keys of what it touches and no other', (spec) => {
    const usedBy = (role: string) =>
      policyOf(roleNamed(api, role))
        .filter(({ Action }) => Action.some((action) => action.startsWith('kms:')))
        .map(({ Action, Resource }) => `${Action} ${referredKey(Resource[0])}`)
        .sort();
    const keysOf = (touched: object) =>
      Object.entries(tables).flatMap(([table, { collections }]) =>
        collections.some((collection) => collection in touched)
          ? [`kms:Decrypt ${table[0]?.toUpperCase()}${table.slice(1)}Key`]
          : [],
      );
    const isAuthorizer = spec.entrance.by === 'authorizer';
    const verifies = spec.entrance.by === 'routes' && spec.entrance.routes.some((r) => r.permission !== 'public');
    expect(usedBy(`ringfence-staging-${spec.name}`)).toEqual(
      [
        ...keysOf({ ...spec.everyTenant, ...spec.platform }),
        ...(isAuthorizer ? ['kms:Sign SigningKey'] : []),
        ...(verifies ? ['kms:GetPublicKey SigningKey'] : []),
      ].sort(),
    );
    const touches = touchesOf(spec);
    if (Object.keys(touches).length === 0) return;
    const dataKeys: readonly string[] = [touches['data-keys'] ?? []].flat();
    expect(usedBy(`ringfence-staging-${spec.name}-tenant`)).toEqual(
      [
        ...keysOf(touches),
        ...(dataKeys.some((access) => access === 'add' || access === 'change')
          ? ['kms:GenerateDataKeyWithoutPlaintext SealingKey']
          : []),
        ...(dataKeys.some((access) => access === 'read' || access === 'change') ? ['kms:Decrypt SealingKey'] : []),
      ].sort(),
    );
  });
});

describe('what is kept', () => {
  it('is encrypted under a key of ours, each table under its own', () => {
    for (const { logicalId, Properties } of resourcesOf(foundation, 'AWS::DynamoDB::Table'))
      expect(Properties.SSESpecification).toEqual({
        SSEEnabled: true,
        SSEType: 'KMS',
        KMSMasterKeyId: { 'Fn::GetAtt': [logicalId.replace('Table', 'Key'), 'Arn'] },
      });
    const logGroups = resourcesOf(api, 'AWS::Logs::LogGroup');
    expect(logGroups).toHaveLength(served.length + 2);
    for (const { Properties } of logGroups) {
      expect(referredKey(Properties.KmsKeyId)).toBe('LogsKey');
      expect(Properties.RetentionInDays).toBe(30);
    }
  });

  it('has the keys and indexes of lambdas/kernel/tables.ts', () => {
    const schema = (sort: string) => [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: sort, KeyType: 'RANGE' },
    ];
    const templated = resourcesOf(foundation, 'AWS::DynamoDB::Table').map(({ Properties }) => Properties);
    expect(templated.map(({ TableName }) => TableName).sort()).toEqual(
      Object.keys(tables)
        .map((table) => `ringfence-staging-${table}`)
        .sort(),
    );
    for (const properties of templated) {
      const table = properties.TableName.replace('ringfence-staging-', '') as keyof typeof tables;
      expect(properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: schema('sk'),
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      });
      const indexes = (properties.GlobalSecondaryIndexes ?? []).map(
        ({ IndexName, KeySchema, Projection }: Record<string, unknown>) => ({ IndexName, KeySchema, Projection }),
      );
      expect(indexes).toEqual(
        Object.entries<string>(tables[table].indexes).map(([IndexName, sort]) => ({
          IndexName,
          KeySchema: schema(sort),
          Projection: { ProjectionType: 'ALL' },
        })),
      );
      expect(properties.StreamSpecification).toEqual(
        table === 'audit' ? { StreamViewType: 'NEW_AND_OLD_IMAGES' } : undefined,
      );
    }
  });
});

it('no function that adds audit events can read any: keys it did not write stay unknown to it, and so safe from it', () => {
  for (const spec of functions) {
    const access = [touchesOf(spec).audit ?? []].flat();
    if (access.includes('add')) expect([spec.name, access]).toEqual([spec.name, ['add']]);
  }
});
