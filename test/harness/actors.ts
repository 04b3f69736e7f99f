import { type Collection, functions, type Touches, tables, touchesOf } from '../../lambdas/functions.ts';
import type { AwsClients, Intruder } from './intruder.ts';
import { type ItemRequest, type Place, type Right, rightsOf } from './item-request.ts';
import type { Attempt } from './judge.ts';

/** Every word there is for a kind of item. */
export const collections = Object.values(tables).flatMap(({ collections }): readonly Collection[] => collections);

/** Functions that act in a tenant's name, and what their tenant role may touch. */
export const tenantActors = functions
  .map((spec) => ({ name: spec.name, touches: touchesOf(spec) }))
  .filter(({ touches }) => Object.keys(touches).length > 0);

/** Every function in its own name, and what it may touch in all tenants and of the platform's. */
export const executionActors = functions.map(({ name, everyTenant = {}, platform = {} }) => ({
  name,
  everyTenant: everyTenant as Touches,
  platform: platform as Touches,
}));

/** A session of every role of the template: those of functions, and their tenant roles in this tenant's name. */
export const everySession = async (intruder: Intruder, tenant: string): Promise<readonly AwsClients[]> =>
  Promise.all([
    ...executionActors.map(({ name }) => intruder.inFunction(name)),
    ...tenantActors.map(({ name }) => intruder.asTenant(name, tenant)),
  ]);

export const may = (touches: Touches, collection: Collection, right: Right): boolean =>
  rightsOf(touches[collection]).has(right);

/** The requests as attempts on these places. */
export const attemptsAt = (requests: readonly ItemRequest[], ...places: readonly Place[]): readonly Attempt[] =>
  requests.map(({ name, send }) => ({
    name: `${name} of ${places.map(({ table, pk, sk }) => `${table} ${pk} ${sk}`).join(' and ')}`,
    send: ({ dynamoDb }) => send(dynamoDb, ...places),
  }));
