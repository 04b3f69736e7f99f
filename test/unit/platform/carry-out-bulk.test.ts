import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Needs } from '../../../lambdas/features/catalog/needs.ts';
import * as routes from '../../../lambdas/features/catalog/routes.ts';
import { teamsOf } from '../../../lambdas/features/catalog/teams.ts';
import { upsertTeams } from '../../../lambdas/features/catalog/upsert-teams.ts';
import { TokenId, UserId } from '../../../lambdas/kernel/id.ts';
import type { Write } from '../../../lambdas/kernel/session.ts';
import type { Caller } from '../../../lambdas/kernel/use-case.ts';
import { carryOut, type Run } from '../../../lambdas/platform/carry-out.ts';
import { clock } from '../../../lambdas/platform/clock.ts';
import { Refused } from '../../../lambdas/platform/commit.ts';
import { newId } from '../../../lambdas/platform/random.ts';
import { written } from '../../harness/written-lines.ts';
import { memorySession } from '../features/memory-session.ts';

const caller: Caller = {
  tenant: memorySession().session.tenant,
  principal: UserId.parse('usr_AAAAAAAA'),
  credential: TokenId.parse('tok_AAAAAAAA00000000'),
  role: 'member',
  permissions: [],
};
const aborted = Object.assign(new Error('aborted'), { name: 'AbortError' });
const throttled = Object.assign(new Error('busy'), { name: 'ThrottlingException' });

/** Before the change that it happens to, or behind it, when its answer is lost. */
interface Fault {
  readonly at: number;
  readonly error: Error;
  readonly isDone: boolean;
}

const bulkWorld = () => {
  const memory = memorySession();
  let commits = 0;
  let fault: Fault | undefined;
  const holds = (write: Write): boolean => {
    const item = memory.all().get(`${write.collection}/${write.key}`);
    if (write.kind === 'put-new') return item === undefined;
    if (item === undefined || write.kind === 'refer') return item !== undefined;
    return Object.entries(write.seen).every(([name, value]) => item[name] === value);
  };
  const session = {
    ...memory.session,
    erase: () => Promise.resolve(),
    commit: async (writes: readonly Write[]): Promise<void> => {
      commits += 1;
      await Promise.resolve();
      const met = fault?.at === commits ? fault : undefined;
      if (met && !met.isDone) throw met.error;
      const refused = writes.find((write) => !holds(write));
      if (refused) throw new Refused(refused);
      memory.commit(writes);
      if (met) throw met.error;
    },
  };
  const run: Run = (input) => upsertTeams({ teams: teamsOf(session), clock, newId } as unknown as Needs, caller, input);
  const route = { ...routes.upsertTeams, operation: 'upsertTeams' };
  const send = async (items: readonly unknown[], key?: string) => {
    const headers = { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) };
    const event = {
      headers,
      body: JSON.stringify({ items }),
      requestContext: { identity: { sourceIp: '192.0.2.1' }, requestId: 'r' },
    } as unknown as APIGatewayProxyEvent;
    const { body } = await carryOut({ route, event, caller, session }, run);
    return JSON.parse(body).items as { readonly outcome: string; readonly id?: string; readonly problem?: Problem }[];
  };
  return {
    send,
    meets: (next: Fault) => {
      commits = 0;
      fault = next;
    },
    counted: (prefix: string) => [...memory.all().keys()].filter((key) => key.startsWith(prefix)).length,
  };
};
interface Problem {
  readonly code: string;
  readonly errors?: readonly { readonly field: string }[];
}

const three = ['a', 'b', 'c'].map((alias) => ({ name: alias, aliases: [alias] }));

/** Whoever waits for another waits for a turn of the loop only, and so often takes over from one that is alive. */
const { setTimeout: slowly } = globalThis;
beforeAll(() => {
  process.env.AUDIT_RETENTION_DAYS = '30';
  globalThis.setTimeout = ((done: () => void) => setImmediate(done)) as unknown as typeof setTimeout;
});
afterAll(() => {
  globalThis.setTimeout = slowly;
});

describe('a bulk change with an Idempotency-Key', () => {
  it.each(
    [1, 2, 3, 4, 5].flatMap((at) => [
      { at, isDone: false, how: 'before' },
      { at, isDone: true, how: 'behind' },
    ]),
  )('that is cut off $how its change $at is brought to its end by a repeat, each element once', async (fault) => {
    const world = bulkWorld();
    world.meets({ ...fault, error: aborted });
    const { lines } = await written(() => expect(world.send(three, 'key')).rejects.toBe(aborted));
    // Whoever answers tells of it, once.
    expect(lines).toEqual([]);
    const answers = await world.send(three, 'key');
    expect(answers.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'created']);
    expect([world.counted('teams/team_'), world.counted('audit/')]).toEqual([3, 3]);
    expect(await world.send(three, 'key')).toEqual(answers);
  });

  it('tries again what was refused for a while, and only that', async () => {
    const world = bulkWorld();
    world.meets({ at: 3, isDone: false, error: throttled });
    const first = await world.send(three, 'key');
    expect(first.map(({ outcome, problem }) => problem?.code ?? outcome)).toEqual([
      'created',
      'unavailable',
      'created',
    ]);
    const second = await world.send(three, 'key');
    expect(second.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'created']);
    expect([second[0], second[2]]).toEqual([first[0], first[2]]);
    expect(world.counted('audit/')).toBe(3);
  });

  it('has one effect and one answer when it is sent several times at once', async () => {
    const world = bulkWorld();
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => world.send(three, 'key')));
    for (const other of others) expect(other).toEqual(first);
    expect([world.counted('teams/team_'), world.counted('audit/')]).toEqual([3, 3]);
  });
});

it('what a use case refuses of an element is named where it stands in the body', async () => {
  const world = bulkWorld();
  let parent: string | undefined;
  for (let at = 0; at < 21; at += 1) {
    const [made] = await world.send([{ name: 'T', aliases: [`t${at}`], ...(parent && { parent }) }]);
    parent = made?.id;
  }
  const [wrong, deep] = await world.send([{ name: '' }, { name: 'Deep', aliases: ['deep'], parent }]);
  expect(wrong?.problem?.errors?.map(({ field }) => field)).toContain('body.items.0.name');
  expect(deep?.problem?.errors?.map(({ field }) => field)).toEqual(['body.items.1.parent']);
});
