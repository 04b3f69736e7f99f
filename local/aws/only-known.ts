import { TwinError } from '../twin-error.ts';

/** Throws for a property that the twin does not honour: it would be silently missing. */
export const onlyKnown = (what: string, properties: object, known: readonly string[]): void => {
  const strange = Object.keys(properties).find((name) => !known.includes(name));
  if (strange !== undefined)
    throw new TwinError(`${what} has the property ${strange}, which the twin does not have.`, 'Remove it or build it.');
};
