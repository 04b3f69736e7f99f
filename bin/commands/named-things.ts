import type { OperationName } from '../../lambdas/client.ts';
import { callApi } from '../command-line/call-api.ts';
import type { Connection } from '../command-line/connection.ts';

type Thing = Readonly<Record<string, unknown>>;

const isTeam = (value: unknown): value is string => typeof value === 'string' && value.startsWith('team_');
const isService = (value: unknown): value is string => typeof value === 'string' && value.startsWith('svc_');

/** What people call it: its first alias, or its name. */
const shortName = ({ aliases, name }: Thing): string => String((aliases as readonly string[] | undefined)?.[0] ?? name);

/** What is looked up only for people may be missing: a token that may not read teams still lists services. */
const readOr = async (connection: Connection, operation: OperationName, sent: Thing): Promise<Thing | undefined> => {
  try {
    return (await callApi(connection, { operation, sent })).body as Thing;
  } catch {
    return undefined;
  }
};

/** How a thing is read that an id leads to, by what the id begins with. */
const readings = {
  team: ['readTeam', 'team'],
  svc: ['readService', 'service'],
  repo: ['readRepository', 'repository'],
} as const satisfies Readonly<Record<string, readonly [OperationName, string]>>;

const nameOf = async (connection: Connection, id: unknown): Promise<unknown> => {
  const kind = typeof id === 'string' ? /^(team|svc|repo)_/.exec(id)?.[1] : undefined;
  if (!kind) return id;
  const [operation, parameter] = readings[kind as keyof typeof readings];
  const found = await readOr(connection, operation, { [parameter]: id });
  return found ? `${found.url ?? shortName(found)} (${id})` : id;
};

/** Teams by their ids, as people call them: one call for each hundred teams there are. */
const teamNames = async (connection: Connection): Promise<ReadonlyMap<unknown, string>> => {
  const names = new Map<unknown, string>();
  for (let cursor: unknown, more = true; more; more = cursor !== undefined) {
    const page = await readOr(connection, 'listTeams', { limit: 100, ...(cursor !== undefined && { cursor }) });
    for (const team of (page?.items ?? []) as readonly Thing[]) names.set(team.id, shortName(team));
    cursor = page?.next;
  }
  return names;
};

/** A list in which owners and parents are called by their names. */
export const withOwners = async (items: readonly unknown[], connection: Connection): Promise<readonly Thing[]> => {
  const things = items as readonly Thing[];
  if (!things.some(({ owner, parent }) => isTeam(owner) || isTeam(parent))) return things;
  const names = await teamNames(connection);
  const named = (id: unknown): unknown => names.get(id) ?? id;
  return things.map((thing) => ({ ...thing, owner: named(thing.owner), parent: named(thing.parent) }));
};

/** A deploy as one line. */
const deployText = ({ at, environment, version, status, author }: Thing): string =>
  [at, environment, version, status, ...(author ? [`by ${author}`] : [])].join(' ');

/** One thing in which every id of a team, service or repository has its name, and a service what depends on it. */
export const withPeople = async (thing: Thing, connection: Connection): Promise<Thing> => {
  const named = async (value: unknown): Promise<unknown> =>
    Array.isArray(value) ? Promise.all(value.map((each) => nameOf(connection, each))) : nameOf(connection, value);
  const { id, deploys, ...rest } = thing;
  const entries = await Promise.all(
    Object.entries(rest).map(async ([property, value]) => [property, await named(value)] as const),
  );
  const dependants = isService(id)
    ? await readOr(connection, 'listServices', { dependsOn: id, limit: 100 })
    : undefined;
  const needing = ((dependants?.items ?? []) as readonly Thing[]).map((each) => `${shortName(each)} (${each.id})`);
  return {
    id,
    ...Object.fromEntries(entries),
    ...(needing.length > 0 && { neededBy: needing }),
    ...(Array.isArray(deploys) && { deploys: deploys.map(deployText).join('\n') }),
  };
};
