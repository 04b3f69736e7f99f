import type { Role } from '../aws/world.ts';
import type { Resource } from '../template/create-stack.ts';
import { isObject, type Json } from '../template/json.ts';
import { physicalName } from '../template/physical-name.ts';
import { propertiesOf } from '../template/properties.ts';
import { TwinError } from '../twin-error.ts';
import type { PolicyDocument } from '../types.ts';
import { awsManagedPolicies } from './aws-managed-policies.ts';
import type { Building, Creator } from './building.ts';
import { policyDocument } from './policy-document.ts';

/** AWS::IAM::Role, its inline and managed policies. A permissions boundary stops: ignoring one would allow too much. */
export const createRole: Creator = (resource, building) => {
  const properties = propertiesOf(resource);
  const place = `${resource.stack}/${resource.logicalId}`;
  if (properties.has('PermissionsBoundary')) {
    throw new TwinError(
      `${place} has a permissions boundary.`,
      'The twin does not evaluate boundaries: teach it in local/iam/.',
    );
  }
  const name = properties.text('RoleName', physicalName(resource.stack, resource.logicalId));
  const arn = `arn:aws:iam::${building.account}:role${properties.text('Path', '/')}${name}`;
  const role: Role = {
    name,
    arn,
    trust: policyDocument(resource, 'trust', 'trust', properties.object('AssumeRolePolicyDocument')),
    policies: [
      ...properties.list('Policies').map((policy) => inline(resource, policy)),
      ...properties.texts('ManagedPolicyArns').map((policyArn) => managedPolicy(place, policyArn, building)),
    ],
    tags: tagsOf(properties.list('Tags')),
    maxSessionSeconds: properties.number('MaxSessionDuration', 3600),
  };
  building.roles.set(name, role);
  return { ref: name, attributes: { Arn: arn, RoleId: `AROA${name.toUpperCase()}` } };
};

const inline = (resource: Resource, policy: Json): PolicyDocument => {
  const { PolicyName, PolicyDocument } = isObject(policy) ? policy : {};
  return policyDocument(resource, 'identity', String(PolicyName), PolicyDocument);
};

/** Attaches further policies to roles that exist. */
export const attach = (
  resource: Resource,
  names: readonly string[],
  document: PolicyDocument,
  building: Building,
): void => {
  for (const name of names) {
    const role = building.roles.get(name);
    if (!role) {
      throw new TwinError(
        `${resource.stack}/${resource.logicalId} is attached to role ${name}, which no stack has.`,
        'Correct the stack.',
      );
    }
    building.roles.set(name, { ...role, policies: [...role.policies, document] });
  }
};

const managedPolicy = (place: string, arn: string, { managedPolicies }: Building): PolicyDocument => {
  const [, awsName] = /^arn:aws:iam::aws:policy\/(.+)$/.exec(arn) ?? [];
  const document = awsName === undefined ? managedPolicies.get(arn) : awsManagedPolicies[awsName];
  if (document) return { Id: arn, ...document };
  throw new TwinError(
    `${place} attaches ${arn}, which the twin does not know.`,
    'Add it to local/resources/aws-managed-policies.ts.',
  );
};

const tagsOf = (tags: readonly unknown[]): Readonly<Record<string, string>> =>
  Object.fromEntries(tags.filter(isObject).map(({ Key, Value }) => [String(Key), String(Value)]));
