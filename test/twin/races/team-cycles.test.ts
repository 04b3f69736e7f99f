import { atOnce, type Caller, callerOf } from '../../harness/caller.ts';
import { refusalOf } from '../../harness/refusal-of.ts';
import { workerTwin } from '../../harness/twin.ts';

interface Team {
  readonly id: string;
  readonly parent?: string;
}

let owner: Caller;
beforeAll(async () => {
  const twin = await workerTwin();
  owner = callerOf(twin, (await twin.tenant()).token);
});

/** Teams above a team, itself first, until there is none above or one comes again. */
const above = (team: string, parents: ReadonlyMap<string, string | undefined>): readonly string[] => {
  const seen: string[] = [];
  for (let at: string | undefined = team; at !== undefined && !seen.includes(at); at = parents.get(at)) seen.push(at);
  return seen;
};

/** Each wants the next as its parent, all at the same moment: if all had it, nobody would be on top. */
it.each([
  [2, 12],
  [3, 8],
  [6, 6],
])(
  'of a ring of %i teams that is closed at once at least one link is refused, in each of %i rings',
  async (size, rounds) => {
    let closing = 0;
    for (let round = 0; round < rounds; round += 1) {
      const ring = await atOnce(size, async (n) => {
        const { json } = await owner.ask('POST', '/v1/teams', { body: { name: `${size} ${round} ${n}` } });
        return (json as Team).id;
      });
      const replies = await atOnce(size, (n) =>
        owner.ask('PATCH', `/v1/teams/${ring[n]}`, { body: { parent: ring[(n + 1) % size] } }),
      );
      const refused = replies.filter(({ status }) => status !== 200);
      for (const reply of refused) {
        const code = refusalOf('updateTeam', reply);
        expect(['team-cycle', 'unavailable']).toContain(code);
        if (code === 'team-cycle') closing += 1;
      }
      expect(refused.length).toBeGreaterThan(0);
      const parents = new Map((await owner.all<Team>('/v1/teams')).map(({ id, parent }) => [id, parent]));
      for (const team of ring) expect(parents.get(above(team, parents).at(-1) ?? '')).toBeUndefined();
      // Nobody is refused for a link that is there.
      const linked = replies.filter(({ status }) => status === 200).length;
      expect(ring.filter((team) => parents.get(team) !== undefined)).toHaveLength(linked);
    }
    expect(closing).toBeGreaterThan(0);
  },
);

it('a team has at most twenty above it, and whoever asks for more is told', async () => {
  const teams = await atOnce(23, async (n) => {
    const { json } = await owner.ask('POST', '/v1/teams', { body: { name: `Chain ${n}` } });
    return (json as Team).id;
  });
  for (const [n, team] of teams.entries()) {
    if (n === 0) continue;
    const reply = await owner.ask('PATCH', `/v1/teams/${team}`, { body: { parent: teams[n - 1] } });
    expect([n, reply.status]).toEqual([n, n <= 20 ? 200 : 400]);
    if (n > 20) {
      expect(reply.json).toMatchObject({ errors: [{ field: 'body.parent', expected: expect.stringContaining('19') }] });
      return;
    }
  }
});
