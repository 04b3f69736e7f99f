import { physicalName } from '../template/physical-name.ts';
import { propertiesOf } from '../template/properties.ts';
import type { Creator } from './building.ts';

/** AWS::CloudTrail::Trail. */
export const createTrail: Creator = (resource, { trail }) => {
  const TrailName = propertiesOf(resource).text('TrailName', physicalName(resource.stack, resource.logicalId, 128));
  const { ref, arn } = trail.addTrail({ ...resource.properties, TrailName });
  return { ref, attributes: { Arn: arn } };
};
