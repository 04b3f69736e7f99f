import type { OpenApi, OpenApiOperation } from '../../openapi.ts';

/** As much of JSON Schema as the document holds. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** An operation of the document, and where it is. */
export interface Described extends OpenApiOperation {
  readonly method: string;
  readonly path: string;
}

export const operationsIn = ({ paths }: OpenApi): readonly Described[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );

/** What a reference leads to. @throws when it leads nowhere */
export const lookedUp = <T>(document: OpenApi, pointer: string): T => {
  const found = pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((at, word) => (at as Readonly<Record<string, unknown>> | undefined)?.[word], document);
  if (found === undefined) throw new Error(`The document has no ${pointer}.`);
  return found as T;
};

export const nameIn = ({ $ref }: Schema): string | undefined => $ref?.split('/').at(-1);

/** A schema itself, in the place of references to it. What stands beside a reference is added. */
export const resolved = (document: OpenApi, schema: Schema): Schema => {
  const { $ref, ...beside } = schema;
  return $ref === undefined ? schema : { ...resolved(document, lookedUp<Schema>(document, $ref)), ...beside };
};

export const branchesOf = ({ anyOf, oneOf }: Schema): readonly Schema[] => anyOf ?? oneOf ?? [];
