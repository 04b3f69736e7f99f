import type { Clock } from './types.ts';

/** The machine's time plus an offset that tests move; workers read the same offset from shared memory. */
export const createClock = (): Clock & { readonly shared: SharedArrayBuffer } => {
  const shared = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  const offset = new BigInt64Array(shared);
  return {
    shared,
    now: () => Date.now() + Number(Atomics.load(offset, 0)),
    advance: (ms) => {
      Atomics.add(offset, 0, BigInt(Math.round(ms)));
    },
  };
};
