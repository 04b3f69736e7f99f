import type { Fault } from '../types.ts';
import type { Faults } from './world.ts';

const conflicting = new Set(['TransactWriteItems', 'TransactGetItems', 'PutItem', 'UpdateItem', 'DeleteItem']);

const ofDelivery = new Set(['deliver-twice', 'deliver-after-next']);

/** `Deliver` is no call of a client: SNS does it, and only what can happen to a message strikes it. */
const fitsDelivery = ({ kind, operation: asked }: Fault, operation: string): boolean =>
  operation === 'Deliver' ? ofDelivery.has(kind) || (kind === 'delay' && asked === 'Deliver') : !ofDelivery.has(kind);

const strikes = (fault: Fault, service: string, operation: string, roleName: string): boolean =>
  fault.service === service &&
  !fault.spares?.includes(roleName) &&
  fitsDelivery(fault, operation) &&
  (fault.operation === undefined || fault.operation === operation) &&
  // Only transactions and writes of one item can meet a conflict on AWS.
  (fault.kind !== 'conflict' || conflicting.has(operation));

/** Faults in the order they were added; the first that matches a call is spent on it. */
export const createFaults = (): Faults => {
  let waiting: { readonly fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      waiting.push({ fault, left: fault.times });
    },
    clear: () => {
      waiting = [];
    },
    take: (service, operation, roleName = '') => {
      const next = waiting.find(({ fault, left }) => left > 0 && strikes(fault, service, operation, roleName));
      if (next === undefined) return undefined;
      next.left -= 1;
      if (next.left <= 0) waiting = waiting.filter((entry) => entry !== next);
      return next.fault;
    },
  };
};
