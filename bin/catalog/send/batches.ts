/** What one call takes: https of the contract says 100 elements and 65,536 bytes, with some left for what is around. */
const most = { elements: 100, bytes: 60_000 };

const bytesOf = (element: object): number => Buffer.byteLength(JSON.stringify(element));

export const isSendable = (element: object): boolean => bytesOf(element) <= most.bytes;

/** The elements in order, in as few calls as they fit into. */
export const batchesOf = <T>(all: readonly T[], elementOf: (each: T) => object): readonly (readonly T[])[] => {
  const batches: T[][] = [];
  let bytes = 0;
  for (const each of all) {
    const size = bytesOf(elementOf(each)) + 1;
    const last = batches.at(-1);
    if (!last || last.length === most.elements || bytes + size > most.bytes) {
      batches.push([each]);
      bytes = size;
    } else {
      last.push(each);
      bytes += size;
    }
  }
  return batches;
};
