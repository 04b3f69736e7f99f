import { contract, type Operation } from '../../lambdas/contract.ts';
import { missingId } from './id-positions.ts';
import { jsonSchemaOf, type Schema } from './json-schema-of.ts';
import { listFor } from './lists.ts';
import { sampleOf } from './sample.ts';
import type { FreshTenant } from './tenant.ts';
import { pathOf, validRequest } from './valid-request.ts';

type Body = Readonly<Record<string, unknown>>;

/** A POST of the contract in the hands of a tenant. */
export interface Opened {
  /** With things of the tenant's own in the place of its parameters. */
  readonly path: string;
  /** Of the list that shows what is made. */
  readonly list: string;
}

export interface Creation extends Operation {
  /** A valid body. The same `n` gives the same; another is another request, about other things. */
  readonly body: (n: number) => Body;
  readonly open: (apiUrl: string, tenant: FreshTenant) => Promise<Opened>;
}

/** Texts of samples are new every time. A body that needs none differs by its first number that can grow. */
const bodyOf = (schema: Schema, n: number): Body => {
  const body = sampleOf(schema, { idOf: (_, [kind]) => missingId(kind ?? 'ten') }) as Body;
  const [grows] = Object.entries(schema.properties ?? {}).flatMap(([name, { minimum = 0, maximum = 0 }]) =>
    maximum - minimum > 300 ? [{ name, value: minimum + (n % (maximum - minimum)) }] : [],
  );
  return grows ? { ...body, [grows.name]: grows.value } : body;
};

/** A list below one thing is below the one that is posted to. */
const listPath = (creation: Operation, path: string): string => {
  const list = listFor(creation);
  if (!list.path.includes('{')) return list.path;
  if (list.path !== creation.path) throw new Error(`${creation.operation} does not say which ${list.path} shows it.`);
  return path;
};

/** Every POST of the contract, with bodies from its schema. */
export const creations: readonly Creation[] = contract
  .filter(({ method }) => method === 'POST')
  .map((operation) => {
    const schema = operation.input.body && jsonSchemaOf(operation.input.body);
    if (!schema) throw new Error(`${operation.operation} has no body to tell two requests apart by.`);
    const known = new Map<number, Body>();
    return {
      ...operation,
      body: (n) => {
        const body = known.get(n) ?? bodyOf(schema, n);
        known.set(n, body);
        return body;
      },
      open: async (apiUrl, tenant) => {
        const path = pathOf(await validRequest(operation, apiUrl, tenant));
        return { path, list: listPath(operation, path) };
      },
    };
  });

/** The ids of what an answer to a POST says was made. */
export const madeIn = (json: unknown): readonly string[] => {
  const { id, items = [] } = json as { readonly id?: string; readonly items?: readonly { readonly id?: string }[] };
  return [id, ...items.map((item) => item.id)].flatMap((each) => (each === undefined ? [] : [each]));
};
