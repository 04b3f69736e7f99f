import { Refused } from '../platform/commit.ts';

/** A step that another attempt has made is made: whatever exists already is left as it is. */
export const once = async (making: Promise<void>): Promise<void> => {
  await making.catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
  });
};
