import { physicalName } from '../template/physical-name.ts';
import { propertiesOf } from '../template/properties.ts';
import type { Creator } from './building.ts';

/** AWS::SecretsManager::Secret: made, or taken over with its values, by the SDK endpoint. */
export const createSecret: Creator = (resource, { endpoint }) => {
  const Name = propertiesOf(resource).text('Name', physicalName(resource.stack, resource.logicalId));
  return endpoint.secrets.create({ ...resource.properties, Name });
};

/** AWS::SecretsManager::ResourcePolicy. */
export const createSecretPolicy: Creator = ({ logicalId, properties }, { endpoint }) => {
  endpoint.secrets.addPolicy(properties);
  return { ref: logicalId, attributes: { Id: logicalId } };
};
