/** A pattern that EventBridge would refuse, or that the twin does not have. */
export class PatternError extends Error {}

export const refuse = (what: string): never => {
  throw new PatternError(what);
};
