import { contract } from '../lambdas/contract.ts';
import type { SdkCall } from '../local/types.ts';
import type { Reply } from '../test/harness/http.ts';
import { progress, type Row } from './row.ts';
import type { System } from './system.ts';

/** What the functions asked of AWS while something ran. */
const callsDuring = async (system: System, run: () => Promise<unknown>): Promise<readonly SdkCall[]> => {
  const { next } = system.twin.callJournal.since(Number.MAX_SAFE_INTEGER);
  await run();
  return system.twin.callJournal.since(next).entries;
};

const count = (calls: readonly SdkCall[], principal: RegExp, service?: string): number =>
  calls.filter((call) => principal.test(call.principal) && (service === undefined || call.service === service)).length;

const units = (calls: readonly SdkCall[], principal: RegExp): number =>
  calls.filter((call) => principal.test(call.principal)).reduce((sum, call) => sum + (call.units ?? Number.NaN), 0);

/** A warm authenticated read: what the handler reads, what the authorizer reads, and that KMS and STS are left alone. */
export const warmRead = async (system: System, token: string): Promise<Row[]> => {
  progress('AWS calls of a warm read …');
  const created = await system.call(token, 'POST', '/v1/services', { body: { name: 'Warm', aliases: ['warm'] } });
  const path = `/v1/services/${(created.json as { id: string }).id}`;
  const read = () => system.call(token, 'GET', path);
  await read();
  const cached = await callsDuring(system, read);
  system.twin.forgetAuthorizations();
  const authorized = await callsDuring(system, read);
  const byAlias = await callsDuring(system, () => system.call(token, 'GET', '/v1/services/warm'));
  const row = (what: string, most: number, measured: number): Row => ({
    what,
    budget: `${most}`,
    measured: `${measured}`,
    share: most === 0 ? (measured === 0 ? 0 : 2) : measured / most,
  });
  return [
    row('warm read: DynamoDB reads in the handler', 1, count(cached, /-tenant\//, 'dynamodb')),
    row('warm read: calls of the authorizer, answer remembered', 0, count(cached, /authorizer/)),
    row('warm read: calls of the authorizer, answer expired', 1, count(authorized, /authorizer/)),
    row('warm read: calls to KMS and STS', 0, authorized.filter(({ service }) => service !== 'dynamodb').length),
    row('read units of a service, by id, with its last deploys', 2, units(cached, /-tenant\//)),
    row('read units of a service, by alias', 3, units(byAlias, /-tenant\//)),
    row('read units, authorizer', 3, units(authorized, /authorizer/)),
  ];
};

/**
 * Write units of a change of items below 1 KB, one alias each: DynamoDB counts every write of a transaction twice, and
 * one for each index entry. docs/performance.md says the same. An Idempotency-Key adds two.
 */
const writeUnitsMost: Readonly<Record<string, number>> = {
  createRepository: 13,
  replaceRepository: 9,
  updateRepository: 7,
  deleteRepository: 13,
  upsertRepositories: 13,
  createService: 17,
  replaceService: 13,
  updateService: 12,
  deleteService: 19,
  upsertServices: 17,
  createTeam: 10,
  replaceTeam: 7,
  updateTeam: 6,
  deleteTeam: 10,
  upsertTeams: 10,
  createDeploy: 9,
  issueToken: 5,
  rotateToken: 7,
  revokeToken: 5,
};

const idOf = (reply: Reply): string => (reply.json as { id: string }).id;

const changes = async (system: System, token: string): Promise<ReadonlyMap<string, () => Promise<Reply>>> => {
  const made: Record<string, string> = {};
  const send = (method: string, path: () => string, body?: () => object, note?: string) => async (): Promise<Reply> => {
    const reply = await system.call(token, method, path(), {
      ...(body && { body: body() }),
      headers: method === 'PUT' ? [['If-Match', '"1"']] : [],
    });
    if (note) made[note] = idOf(reply);
    return reply;
  };
  const at = (text: string) => () => text;
  const of = (path: string, name: string) => () => `${path}/${made[name]}`;
  const team = { name: 'Team', aliases: ['bench-team'] };
  const repository = () => ({ name: 'Repository', url: 'https://example.com/bench', owner: made.team });
  const service = () => ({ name: 'Service', aliases: ['bench-service'], owner: made.team });
  const each = (element: object) => ({ items: [element] });
  return new Map<string, () => Promise<Reply>>([
    ['createTeam', send('POST', at('/v1/teams'), () => team, 'team')],
    ['createRepository', send('POST', at('/v1/repositories'), repository, 'repository')],
    ['createService', send('POST', at('/v1/services'), service, 'service')],
    ['replaceService', send('PUT', of('/v1/services', 'service'), () => ({ ...service(), tier: 1 }))],
    ['updateService', send('PATCH', of('/v1/services', 'service'), () => ({ description: 'Other' }))],
    [
      'createDeploy',
      send(
        'POST',
        () => `/v1/services/${made.service}/deploys`,
        () => ({ environment: 'live', version: '1' }),
      ),
    ],
    ['deleteService', send('DELETE', of('/v1/services', 'service'))],
    ['upsertServices', send('POST', at('/v1/bulk/services'), () => each(service()))],
    [
      'replaceRepository',
      send('PUT', of('/v1/repositories', 'repository'), () => ({ ...repository(), name: 'Other' })),
    ],
    ['updateRepository', send('PATCH', of('/v1/repositories', 'repository'), () => ({ archived: true }))],
    ['deleteRepository', send('DELETE', of('/v1/repositories', 'repository'))],
    ['upsertRepositories', send('POST', at('/v1/bulk/repositories'), () => each(repository()))],
    ['replaceTeam', send('PUT', of('/v1/teams', 'team'), () => ({ ...team, name: 'Other' }))],
    ['updateTeam', send('PATCH', of('/v1/teams', 'team'), () => ({ description: 'Other' }))],
    ['upsertTeams', send('POST', at('/v1/bulk/teams'), () => each({ name: 'Another', aliases: ['another'] }))],
    ['deleteTeam', send('DELETE', at('/v1/teams/another'))],
    ['issueToken', send('POST', at('/v1/tokens'), () => ({ name: 'bench' }), 'token')],
    [
      'rotateToken',
      send(
        'POST',
        () => `/v1/tokens/${made.token}/rotate`,
        () => ({}),
      ),
    ],
    ['revokeToken', send('DELETE', of('/v1/tokens', 'token'))],
  ]);
};

/** Write units of every route that changes state, one alias and an owner each. A new route without a row is an error. */
export const writeUnits = async (system: System, token: string): Promise<Row[]> => {
  progress('write units …');
  const runs = await changes(system, token);
  for (const { operation, audit } of contract) {
    if (audit && !runs.has(operation))
      throw new Error(`${operation} changes state and has no row in bench/aws-calls.ts.`);
  }
  const rows: Row[] = [];
  for (const [operation, run] of runs) {
    let reply: Reply | undefined;
    const calls = await callsDuring(system, async () => {
      reply = await run();
    });
    if (!reply || reply.status >= 300) throw new Error(`${operation} answered ${reply?.status}: ${reply?.text}`);
    const written = units(
      calls.filter((call) => call.operation === 'TransactWriteItems'),
      /./,
    );
    const most = writeUnitsMost[operation] ?? 0;
    rows.push({
      what: `write units, ${operation}`,
      budget: `≤ ${most}`,
      measured: `${written}`,
      share: written / most,
    });
  }
  return rows;
};
