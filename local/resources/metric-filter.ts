import { physicalName } from '../template/physical-name.ts';
import { propertiesOf } from '../template/properties.ts';
import type { Creator } from './building.ts';

/** AWS::Logs::MetricFilter. */
export const createMetricFilter: Creator = (resource, { watch }) => {
  const name = propertiesOf(resource).text('FilterName', physicalName(resource.stack, resource.logicalId, 512));
  watch.addMetricFilter({ ...resource.properties, FilterName: name });
  return { ref: name, attributes: {} };
};
