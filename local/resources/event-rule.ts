import { physicalName } from '../template/physical-name.ts';
import { propertiesOf } from '../template/properties.ts';
import type { Creator } from './building.ts';

/** AWS::Events::Rule on the default event bus. */
export const createEventRule: Creator = (resource, { messaging }) => {
  const Name = propertiesOf(resource).text('Name', physicalName(resource.stack, resource.logicalId));
  return messaging.rules.create({ ...resource.properties, Name });
};
