import { physicalName } from '../template/physical-name.ts';
import { propertiesOf } from '../template/properties.ts';
import type { Creator } from './building.ts';

/** AWS::CloudWatch::Alarm. */
export const createAlarm: Creator = (resource, { watch }) => {
  const name = propertiesOf(resource).text('AlarmName', physicalName(resource.stack, resource.logicalId, 255));
  const { arn } = watch.addAlarm({ ...resource.properties, AlarmName: name });
  return { ref: name, attributes: { Arn: arn } };
};
