import { atOnce, callerOf } from '../../harness/caller.ts';
import { refusalOf } from '../../harness/refusal-of.ts';
import { workerTwin } from '../../harness/twin.ts';

interface Service {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly version: number;
}

const pool = ['red', 'green', 'blue', 'white'];

it('aliases that change hands in races name one service each, and none is lost to nobody', async () => {
  const twin = await workerTwin();
  const owner = callerOf(twin, (await twin.tenant()).token);
  const services = await atOnce(4, async (n) => {
    const { json } = await owner.ask('POST', '/v1/services', { body: { name: `S ${n}`, aliases: [pool[n]] } });
    return (json as Service).id;
  });
  // Each asks for its neighbour's alias and drops its own: swaps in a ring, one by one refused, in a race sometimes not.
  for (let round = 0; round < 12; round += 1) {
    await atOnce(services.length, async (n) => {
      const path = `/v1/services/${services[n]}`;
      const { version } = (await owner.ask('GET', path)).json as Service;
      const aliases = [pool[(n + round) % pool.length], pool[(n * round) % pool.length]].filter(
        (alias, at, all) => all.indexOf(alias) === at && (round + n) % 3 > 0,
      );
      const reply = await owner.ask('PUT', path, {
        body: { name: `S ${n}`, aliases },
        headers: [['If-Match', `"${version}"`]],
      });
      if (reply.status !== 200)
        expect(['alias-taken', 'version-mismatch']).toContain(refusalOf('replaceService', reply));
    });
    const all = await owner.all<Service>('/v1/services');
    for (const alias of pool) {
      const holders = all.filter(({ aliases }) => aliases.includes(alias)).map(({ id }) => id);
      const named = await owner.ask('GET', `/v1/services/${alias}`);
      expect(named.status === 200 ? [(named.json as Service).id] : []).toEqual(holders);
    }
  }
  const held = new Set((await owner.all<Service>('/v1/services')).flatMap(({ aliases }) => aliases));
  const free = pool.filter((alias) => !held.has(alias));
  const taking = await owner.ask('POST', '/v1/services', { body: { name: 'Takes what is free', aliases: free } });
  expect(taking.status).toBe(201);
});

it('URLs of repositories that change hands in races name one repository each, and none is lost to nobody', async () => {
  const twin = await workerTwin();
  const owner = callerOf(twin, (await twin.tenant()).token);
  const urls = ['a', 'b', 'c', 'd', 'e'].map((name) => `https://git.example/${name}`);
  const repositories = await atOnce(4, async (n) => {
    const { json } = await owner.ask('POST', '/v1/repositories', { body: { name: `R ${n}`, url: urls[n] } });
    return (json as { id: string }).id;
  });
  let moved = 0;
  for (let round = 1; round <= 12; round += 1) {
    await atOnce(repositories.length, async (n) => {
      const url = urls[(n + round) % urls.length];
      const reply = await owner.ask('PATCH', `/v1/repositories/${repositories[n]}`, { body: { url } });
      if (reply.status === 200) moved += 1;
      else expect(['repository-exists', 'unavailable']).toContain(refusalOf('updateRepository', reply));
    });
    const held = (await owner.all<{ url: string }>('/v1/repositories')).map(({ url }) => url);
    expect(new Set(held).size).toBe(repositories.length);
    // What nobody has anybody can take, and what somebody has nobody else can.
    const [free] = urls.filter((url) => !held.includes(url));
    const made = await owner.ask('POST', '/v1/repositories', { body: { name: 'Takes it', url: free } });
    expect(made.status).toBe(201);
    const again = await owner.ask('POST', '/v1/repositories', { body: { name: 'Takes more', url: held[0] } });
    expect(refusalOf('createRepository', again)).toBe('repository-exists');
    await owner.ask('DELETE', `/v1/repositories/${(made.json as { id: string }).id}`);
  }
  expect(moved).toBeGreaterThan(12);
});
