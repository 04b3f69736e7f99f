import type { RegisteredFunction } from '../lambda/function-registry.ts';
import type { Resource } from '../template/create-stack.ts';
import { propertiesOf } from '../template/properties.ts';
import { TwinError } from '../twin-error.ts';
import type { Statement } from '../types.ts';
import type { Building, Creator } from './building.ts';

/** Properties that narrow a permission → operator and condition key of the statement Lambda writes for them. */
const conditions = {
  SourceArn: ['ArnLike', 'AWS:SourceArn'],
  SourceAccount: ['StringEquals', 'AWS:SourceAccount'],
  PrincipalOrgID: ['StringEquals', 'aws:PrincipalOrgID'],
  FunctionUrlAuthType: ['StringEquals', 'lambda:FunctionUrlAuthType'],
  InvokedViaFunctionUrl: ['Bool', 'lambda:InvokedViaFunctionUrl'],
} as const;

/** AWS::Lambda::Permission: one statement of the function's resource policy.
 *  https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
export const createPermission: Creator = (resource, building) => {
  const properties = propertiesOf(resource);
  const target = functionNamed(resource, properties.text('FunctionName'), building);
  const Condition: Record<string, Record<string, string>> = {};
  for (const [name, [operator, key]] of Object.entries(conditions)) {
    if (properties.has(name))
      Condition[operator] = { ...Condition[operator], [key]: String(resource.properties[name]) };
  }
  const statement: Statement = {
    Sid: resource.logicalId,
    Effect: 'Allow',
    Principal: principalOf(properties.text('Principal')),
    Action: properties.text('Action'),
    Resource: target.run.definition.arn,
    Condition,
  };
  target.permissions.push(statement);
  return { ref: resource.logicalId, attributes: { Id: resource.logicalId } };
};

export const functionNamed = (
  { stack, logicalId }: Resource,
  nameOrArn: string,
  { functions }: Building,
): RegisteredFunction => {
  const found = functions.find(nameOrArn);
  if (found) return found;
  throw new TwinError(
    `${stack}/${logicalId} is about function ${nameOrArn}, which no stack before it has.`,
    'Correct the stack.',
  );
};

const principalOf = (principal: string): NonNullable<Statement['Principal']> => {
  if (principal === '*') return '*';
  return principal.includes('.amazonaws.com') ? { Service: principal } : { AWS: principal };
};
