import type { Creator } from './building.ts';

/** AWS::Lambda::EventInvokeConfig: how a function's asynchronous events are retried, and where failed ones go. */
export const createEventInvokeConfig: Creator = ({ logicalId, properties }, { messaging }) => {
  messaging.asynchronous.configure(properties);
  return { ref: logicalId, attributes: {} };
};
