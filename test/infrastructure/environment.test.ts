import { functions } from '../../lambdas/functions.ts';
import { answersRequests } from '../../lib/stacks/api.ts';
import { referredKey, resourcesOf, templatesOf } from './synthesized.ts';

const variablesOf = (stage: string, name: string): Readonly<Record<string, unknown>> =>
  resourcesOf(templatesOf(stage).api, 'AWS::Lambda::Function').find(
    ({ Properties }) => Properties.FunctionName === `ringfence-${stage}-${name}`,
  )?.Properties.Environment.Variables;

/** Each function's variables, all of them. A function that reads another one refuses to start. */
const expected: Readonly<Record<string, readonly string[]>> = {
  authorizer: ['ASSERTION_SECONDS', 'SIGNING_KEY', 'STAGE', 'TOKEN_COST'],
  catalog: ['AUDIT_RETENTION_DAYS', 'SIGNING_KEY', 'STAGE', 'TENANT_ROLE'],
  tokens: ['AUDIT_RETENTION_DAYS', 'SIGNING_KEY', 'STAGE', 'TENANT_ROLE', 'TOKEN_COST'],
  tenant: ['SIGNING_KEY', 'STAGE', 'TENANT_ROLE'],
  audit: ['SIGNING_KEY', 'STAGE', 'TENANT_ROLE'],
  reference: ['STAGE'],
  exports: ['STAGE', 'TENANT_ROLE'],
  operators: [
    'ASSERTION_SECONDS',
    'AUDIT_RETENTION_DAYS',
    'RECOVERY_DAYS',
    'SEALING_KEY',
    'STAGE',
    'TENANT_ROLE',
    'TOKEN_COST',
  ],
};

describe.each(functions.filter(answersRequests))('the environment of $name', ({ name }) => {
  const variables = variablesOf('staging', name);

  it('has what the function reads and nothing else', () => {
    expect(Object.keys(variables).sort()).toEqual(expected[name]);
  });

  it('has values of this stage, and no secret', () => {
    const values: Readonly<Record<string, unknown>> = {
      ASSERTION_SECONDS: '300',
      AUDIT_RETENTION_DAYS: '90',
      RECOVERY_DAYS: '35',
      STAGE: 'staging',
      TENANT_ROLE: `arn:aws:iam::111111111111:role/ringfence-staging-${name}-tenant`,
      TOKEN_COST: '10',
    };
    const keys: Readonly<Record<string, string>> = { SIGNING_KEY: 'SigningKey', SEALING_KEY: 'SealingKey' };
    for (const [variable, value] of Object.entries(variables))
      if (variable in keys) expect(referredKey(value)).toBe(keys[variable]);
      else expect(value).toBe(values[variable]);
  });
});
