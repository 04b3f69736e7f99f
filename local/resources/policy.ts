import { physicalName } from '../template/physical-name.ts';
import { propertiesOf } from '../template/properties.ts';
import { TwinError } from '../twin-error.ts';
import type { Creator } from './building.ts';
import { policyDocument } from './policy-document.ts';
import { attach } from './role.ts';

/** AWS::IAM::Policy: an inline policy of roles. */
export const createPolicy: Creator = (resource, building) => {
  const properties = propertiesOf(resource);
  refuseUsers(resource.stack, resource.logicalId, properties.has('Users') || properties.has('Groups'));
  const name = properties.text('PolicyName');
  attach(
    resource,
    properties.texts('Roles'),
    policyDocument(resource, 'identity', name, properties.object('PolicyDocument')),
    building,
  );
  return { ref: name, attributes: { Id: name } };
};

/** AWS::IAM::ManagedPolicy. */
export const createManagedPolicy: Creator = (resource, building) => {
  const properties = propertiesOf(resource);
  refuseUsers(resource.stack, resource.logicalId, properties.has('Users') || properties.has('Groups'));
  const name = properties.text('ManagedPolicyName', physicalName(resource.stack, resource.logicalId, 128));
  const arn = `arn:aws:iam::${building.account}:policy${properties.text('Path', '/')}${name}`;
  const document = policyDocument(resource, 'identity', name, properties.object('PolicyDocument'));
  building.managedPolicies.set(arn, document);
  attach(resource, properties.texts('Roles'), document, building);
  return { ref: arn, attributes: { PolicyArn: arn, PolicyId: name } };
};

const refuseUsers = (stack: string, logicalId: string, has: boolean): void => {
  if (has) throw new TwinError(`${stack}/${logicalId} is attached to users or groups.`, 'The twin knows roles only.');
};
