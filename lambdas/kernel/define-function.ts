import type { Operation } from './define-route.ts';
import type { Table, Touches } from './tables.ts';

/** What starts a function. */
export type Entrance =
  | { readonly by: 'routes'; readonly routes: readonly Operation[] }
  | { readonly by: 'authorizer' }
  /** A function URL with IAM: only the operator's own AWS identities. */
  | { readonly by: 'operators' }
  /** Alarms and event rules, through the topic of alarms. */
  | { readonly by: 'alarms' }
  /** The stream of a table: what was written to it, in the order of each partition key. */
  | { readonly by: 'stream'; readonly of: Table };

/** A Lambda function exists only through this. The construct grants exactly what it touches. */
export interface FunctionSpec {
  /** Also the name of its roles and log group: `ringfence-<stage>-<name>`. */
  readonly name: string;
  /** Source file under lambdas/. */
  readonly entry: string;
  /** What customers lose when it fails, one sentence. Its alarms print it. */
  readonly impact: string;
  readonly entrance: Entrance;
  /** What it touches in a tenant's name, beyond what its routes declare. */
  readonly touches?: Touches;
  /** What its own role may do in every tenant, because no tenant is known yet. Only the authorizer has any. */
  readonly everyTenant?: Touches;
  /** What its own role may do with the platform's collections: partition key `platform#<collection>`. */
  readonly platform?: Touches;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** Instances set aside for it, and at most allowed, so that a flood elsewhere cannot starve it. */
  readonly reservedConcurrency?: number;
}

export const defineFunction = <const F extends FunctionSpec>(spec: F): F => {
  if (!/^[a-z][a-z-]{2,20}$/.test(spec.name))
    throw new Error(`Function "${spec.name}": a name is 3 to 21 lower-case letters or dashes.`);
  if (!/^[A-Z].*\.$/.test(spec.impact)) throw new Error(`Function "${spec.name}": impact must be one sentence.`);
  return spec;
};

const together = (touches: readonly Touches[]): Touches => {
  const all = new Map<string, Set<string>>();
  for (const [collection, access] of touches.flatMap((each) => Object.entries(each))) {
    const known = all.get(collection) ?? new Set();
    for (const one of [access].flat()) known.add(one);
    all.set(collection, known);
  }
  return Object.fromEntries([...all].map(([collection, access]) => [collection, [...access].sort()])) as Touches;
};

/**
 * All a function's tenant role may touch: what its routes declare; for those that change state the audit trail; for
 * POST the idempotency records; for sensitive ones the credential that is re-checked.
 */
export const touchesOf = (spec: FunctionSpec): Touches => {
  const routes = spec.entrance.by === 'routes' ? spec.entrance.routes : [];
  return together([
    spec.touches ?? {},
    ...routes.flatMap((route): Touches[] => [
      route.touches,
      route.audit ? { audit: 'add' } : {},
      route.method === 'POST' ? { idempotency: ['read', 'add'] } : {},
      route.sensitive ? { tokens: 'read', users: 'read', status: 'read' } : {},
    ]),
  ]);
};
