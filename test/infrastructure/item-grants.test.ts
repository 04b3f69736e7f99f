import { type Access, functions, type Touches, tableOf, tables, touchesOf } from '../../lambdas/functions.ts';
import { answersRequests } from '../../lib/stacks/api.ts';
import { policyOf, roleNamed, type Statement, templatesOf } from './synthesized.ts';

const { api, detection } = templatesOf('staging');

/** What each access means, written a second time on purpose: the template must agree with this and with touchesOf. */
const meaning: Readonly<Record<Access, readonly (readonly [action: string, attributes?: string])[]>> = {
  read: [['GetItem'], ['BatchGetItem'], ['Query']],
  add: [['PutItem']],
  change: [['GetItem'], ['BatchGetItem'], ['Query'], ['PutItem'], ['DeleteItem']],
  refer: [['UpdateItem', 'pk,references,sk']],
  check: [['ConditionCheckItem']],
  stamp: [['UpdateItem', 'lastUsedAt,pk,sk']],
  remove: [['Query'], ['DeleteItem']],
};

const tableArn = (table: string) => `arn:aws:dynamodb:eu-central-1:111111111111:table/ringfence-staging-${table}`;

const expectedFor = (owner: string, touches: Touches): readonly string[] => {
  const lines = Object.entries(touches).flatMap(([name, accesses]) => {
    const collection = name as keyof Touches;
    const table = tableOf(collection);
    const key = `${owner}#${collection}${collection === 'audit' ? '#????-??' : ''}`;
    const indexes = Object.keys(tables[table].indexes).map((index) => `${tableArn(table)}/index/${index}`);
    return [accesses]
      .flat()
      .flatMap((access: Access) =>
        meaning[access].flatMap(([action, attributes = '']) =>
          [tableArn(table), ...(action === 'Query' ? indexes : [])].map(
            (resource) => `dynamodb:${action} ${key} ${resource} ${attributes}`,
          ),
        ),
      );
  });
  return [...new Set(lines)].sort();
};

const listOf = (value: string | readonly string[] | undefined): readonly string[] => [value ?? []].flat();
/** Reading a stream names no item: test/infrastructure/archive.test.ts. */
const isOfStream = ({ Resource }: Statement) => Resource.every((arn) => String(arn).endsWith('/stream/*'));
const isDynamoDb = (statement: Statement) =>
  statement.Effect === 'Allow' &&
  statement.Action.some((action) => action.startsWith('dynamodb:')) &&
  !isOfStream(statement);

const grantedBy = (statements: readonly Statement[]): readonly string[] =>
  [
    ...new Set(
      statements.filter(isDynamoDb).flatMap(({ Action, Resource, Condition = {} }) => {
        const keys = [
          ...listOf(Condition['ForAllValues:StringEquals']?.['dynamodb:LeadingKeys']),
          ...listOf(Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']),
        ];
        const attributes = [...listOf(Condition['ForAllValues:StringEquals']?.['dynamodb:Attributes'])].sort().join();
        return Action.flatMap((action) =>
          Resource.flatMap((resource) => keys.map((key) => `${action} ${key} ${resource} ${attributes}`)),
        );
      }),
    ),
  ].sort();

const hasTenantRole = functions.filter((spec) => Object.keys(touchesOf(spec)).length > 0);

describe.each(hasTenantRole)('the tenant role of $name', (spec) => {
  const role = roleNamed(api, `ringfence-staging-${spec.name}-tenant`);
  const statements = policyOf(role);

  it('allows exactly what its routes touch: these actions on these partition keys', () => {
    expect(grantedBy(statements)).toEqual(expectedFor('${aws:PrincipalTag/tenant}', touchesOf(spec)));
  });

  it('lets a batch over the collections of a table pass by one statement', () => {
    for (const table of new Set(Object.keys(touchesOf(spec)).map((name) => tableOf(name as never)))) {
      const reads = statements.filter(
        ({ Action, Resource }) => Action.includes('dynamodb:BatchGetItem') && Resource.includes(tableArn(table)),
      );
      expect(reads.length).toBeLessThanOrEqual(1);
    }
  });

  it('denies everything without a tenant, every other session, and what has no partition key', () => {
    const denied = statements.filter(({ Effect }) => Effect === 'Deny');
    expect(denied.map(({ Action, Resource, Condition }) => ({ Action, Resource, Condition }))).toEqual([
      { Action: ['*'], Resource: ['*'], Condition: { Null: { 'aws:PrincipalTag/tenant': 'true' } } },
      { Action: ['sts:*'], Resource: ['*'], Condition: undefined },
      { Action: ['dynamodb:Scan', 'dynamodb:PartiQL*'], Resource: ['*'], Condition: undefined },
    ]);
  });

  it('is taken by its own function alone, with one tag, a tenant id', () => {
    expect(role.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Sid: 'OwnFunctionForOneTenant',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111111111111:root' },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Condition: {
          ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::111111111111:role/ringfence-staging-${spec.name}` },
          StringLike: { 'aws:RequestTag/tenant': 'ten_????????????' },
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['tenant'] },
          Null: { 'aws:RequestTag/tenant': 'false', 'aws:TagKeys': 'false' },
        },
      },
    ]);
  });

  it('has no tag "tenant" of its own, which a session without one would inherit', () => {
    expect(role.Properties.Tags.map(({ Key }: { Key: string }) => Key)).toEqual(['project', 'stage']);
  });

  it('fits the 10,240 characters of a role’s inline policies', () => {
    expect(JSON.stringify(role.Properties.Policies).replace(/\s/g, '').length).toBeLessThan(10_240);
  });
});

describe.each(functions)('the execution role of $name', (spec) => {
  const stack = answersRequests(spec) ? api : detection;
  const statements = policyOf(roleNamed(stack, `ringfence-staging-${spec.name}`));

  it('reaches items only where no tenant is known, or the platform’s own', () => {
    const expected = [
      ...expectedFor('ten_????????????', spec.everyTenant ?? {}),
      ...expectedFor('platform', spec.platform ?? {}),
    ];
    expect(grantedBy(statements)).toEqual(expected.sort());
  });

  it('takes a session of its own tenant role and of no other', () => {
    const sessions = statements.filter(({ Action }) => Action.some((action) => action.startsWith('sts:')));
    const own = [`arn:aws:iam::111111111111:role/ringfence-staging-${spec.name}-tenant`];
    expect(sessions.map(({ Action, Resource }) => ({ Action, Resource }))).toEqual(
      hasTenantRole.includes(spec) ? [{ Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: own }] : [],
    );
  });
});

it('no statement on items misses the Null guard, without which an absent key would pass', () => {
  const roles = functions.flatMap(({ name }) => [`ringfence-staging-${name}`, `ringfence-staging-${name}-tenant`]);
  for (const name of roles) {
    if (!JSON.stringify(api).includes(`"RoleName":"${name}"`)) continue;
    for (const { Condition = {} } of policyOf(roleNamed(api, name)).filter(isDynamoDb)) {
      expect(Condition.Null?.['dynamodb:LeadingKeys']).toBe('false');
      const limitsAttributes = Condition['ForAllValues:StringEquals']?.['dynamodb:Attributes'] !== undefined;
      expect(Condition.Null?.['dynamodb:Attributes']).toBe(limitsAttributes ? 'false' : undefined);
      expect(Condition.StringEqualsIfExists?.['dynamodb:ReturnValues']).toBe(limitsAttributes ? 'NONE' : undefined);
    }
  }
});
