import type { SdkCall } from '../types.ts';
import type { Calls } from './world.ts';

export interface RecordedCalls extends Calls {
  record(call: SdkCall): void;
}

/** A bounded memory of SDK calls: the oldest go first, at most twice `limit` are ever held. */
export const createCalls = (limit = 10_000): RecordedCalls => {
  let recorded: SdkCall[] = [];
  const listeners = new Set<(call: SdkCall) => void>();
  return {
    record: (call) => {
      recorded.push(call);
      if (recorded.length >= 2 * limit) recorded = recorded.slice(-limit);
      for (const listener of listeners) listener(call);
    },
    list: () => recorded.slice(-limit),
    clear: () => {
      recorded = [];
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
