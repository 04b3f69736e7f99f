import type { SdkCall } from '../types.ts';
import type { Calls } from './world.ts';

/** A bounded memory of SDK calls: the oldest go first, at most twice `limit` are ever held. */
export const createCalls = (limit = 10_000): Calls => {
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
