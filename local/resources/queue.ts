import { physicalName } from '../template/physical-name.ts';
import { propertiesOf } from '../template/properties.ts';
import type { Creator } from './building.ts';

/** AWS::SQS::Queue. */
export const createQueue: Creator = (resource, { messaging }) => {
  const QueueName = propertiesOf(resource).text('QueueName', physicalName(resource.stack, resource.logicalId, 80));
  return messaging.queues.create({ ...resource.properties, QueueName });
};

/** AWS::SQS::QueuePolicy. */
export const createQueuePolicy: Creator = ({ logicalId, properties }, { messaging }) => {
  messaging.queues.addPolicy(properties);
  return { ref: logicalId, attributes: { Id: logicalId } };
};
