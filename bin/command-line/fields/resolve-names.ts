import type { OperationName } from '../../../lambdas/client.ts';
import type { idLengths } from '../../../lambdas/kernel/id-kinds.ts';
import { callApi } from '../call-api.ts';
import type { Connection } from '../connection.ts';
import type { Field, Fields } from './field.ts';

type Said = Readonly<Record<string, unknown>>;

/** What can be named by an alias, where the API wants its id. */
const readers: Readonly<
  Record<string, { readonly prefix: keyof typeof idLengths; readonly operation: OperationName }>
> = {
  team: { prefix: 'team', operation: 'readTeam' },
  service: { prefix: 'svc', operation: 'readService' },
};

const idOf = async (connection: Connection, refersTo: string, named: string): Promise<string> => {
  const reader = readers[refersTo];
  if (!reader || named === '' || named.startsWith(`${reader.prefix}_`)) return named;
  const sent = { [refersTo]: named };
  return ((await callApi(connection, { operation: reader.operation, sent })).body as { readonly id: string }).id;
};

/** Aliases that options said in the place of ids, as ids: `--owner payments`. @throws CommandError when there is none */
export const resolveNames = async (
  { fields }: Pick<Fields, 'fields'>,
  said: Said,
  connection: Connection,
): Promise<Said> => {
  const resolve = async ({ property, refersTo = '' }: Field): Promise<readonly [string, unknown]> => {
    const value = said[property];
    if (Array.isArray(value))
      return [property, await Promise.all(value.map((each) => idOf(connection, refersTo, String(each))))];
    return [property, await idOf(connection, refersTo, String(value))];
  };
  const named = fields.filter(({ property, refersTo }) => refersTo && said[property] != null);
  return { ...said, ...Object.fromEntries(await Promise.all(named.map(resolve))) };
};
