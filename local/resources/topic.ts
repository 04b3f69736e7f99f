import { physicalName } from '../template/physical-name.ts';
import { propertiesOf } from '../template/properties.ts';
import type { Creator } from './building.ts';

/** AWS::SNS::Topic. */
export const createTopic: Creator = (resource, { messaging }) => {
  const TopicName = propertiesOf(resource).text('TopicName', physicalName(resource.stack, resource.logicalId, 256));
  return messaging.topics.create({ ...resource.properties, TopicName });
};

/** AWS::SNS::TopicPolicy. */
export const createTopicPolicy: Creator = ({ logicalId, properties }, { messaging }) => {
  messaging.topics.addPolicy(properties);
  return { ref: logicalId, attributes: { Id: logicalId } };
};

/** AWS::SNS::Subscription. */
export const createSubscription: Creator = ({ properties }, { messaging }) => messaging.topics.subscribe(properties);
