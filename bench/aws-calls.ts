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
    row('read units, by id', 1, units(cached, /-tenant\//)),
    row('read units, by alias', 2, units(byAlias, /-tenant\//)),
    row('read units, authorizer', 3, units(authorized, /authorizer/)),
  ];
};

/**
 * Write units of a change of items below 1 KB, one alias each: DynamoDB counts every write of a transaction twice, and
 * one for each index entry. docs/performance.md says the same. An Idempotency-Key adds two.
 */
const writeUnitsMost: Readonly<Record<string, number>> = {
  createService: 12,
  replaceService: 9,
  deleteService: 12,
  createTeam: 9,
  replaceTeam: 5,
  deleteTeam: 9,
  issueToken: 5,
  revokeToken: 5,
};

const idOf = (reply: Reply): string => (reply.json as { id: string }).id;

const changes = async (system: System, token: string): Promise<ReadonlyMap<string, () => Promise<Reply>>> => {
  const team = { name: 'Team', aliases: ['bench-team'] };
  const service = (owner: string) => ({ name: 'Service', aliases: ['bench-service'], owner });
  const made: Record<string, string> = {};
  const note =
    (name: string) =>
    (reply: Reply): Reply => {
      made[name] = idOf(reply);
      return reply;
    };
  return new Map<string, () => Promise<Reply>>([
    ['createTeam', () => system.call(token, 'POST', '/v1/teams', { body: team }).then(note('team'))],
    [
      'createService',
      () => system.call(token, 'POST', '/v1/services', { body: service(made.team ?? '') }).then(note('service')),
    ],
    [
      'replaceService',
      () =>
        system.call(token, 'PUT', `/v1/services/${made.service}`, {
          body: { ...service(made.team ?? ''), tier: 1 },
          headers: [['If-Match', '"1"']],
        }),
    ],
    ['deleteService', () => system.call(token, 'DELETE', `/v1/services/${made.service}`)],
    [
      'replaceTeam',
      () =>
        system.call(token, 'PUT', `/v1/teams/${made.team}`, {
          body: { ...team, name: 'Other' },
          headers: [['If-Match', '"1"']],
        }),
    ],
    ['deleteTeam', () => system.call(token, 'DELETE', `/v1/teams/${made.team}`)],
    ['issueToken', () => system.call(token, 'POST', '/v1/tokens', { body: { name: 'bench' } }).then(note('token'))],
    ['revokeToken', () => system.call(token, 'DELETE', `/v1/tokens/${made.token}`)],
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
