import type { Json } from './json.ts';

/** Marks a property to leave out: `{ "Ref": "AWS::NoValue" }`. Never reaches a resource. */
export const noValue: unique symbol = Symbol('AWS::NoValue');
export type Resolved = Json | typeof noValue;

/** Where intrinsics find what they refer to. Each function throws `Unresolved` for what does not exist. */
export interface Scope {
  /** `Ref` of a resource, a parameter or a pseudo parameter. */
  readonly ref: (name: string) => Resolved;
  readonly attribute: (logicalId: string, attribute: string) => Json;
  readonly condition: (name: string) => boolean;
  readonly mapping: (map: string, first: string, second: string) => Json;
  /** The value another stack exports under this name. */
  readonly imported: (exportName: string) => Json;
}

/** An expression that has no value, and why. Who resolves a resource adds the stack and the logical id. */
export class Unresolved extends Error {
  constructor(expression: string, reason: string) {
    super(`${expression}: ${reason}`);
  }
}
