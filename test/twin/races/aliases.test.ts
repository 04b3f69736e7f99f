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
