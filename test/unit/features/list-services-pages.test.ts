import { lookedAtMost } from '../../../lambdas/features/catalog/walk-services.ts';
import { catalogWorld, type Sent } from './catalog-world.ts';

type World = ReturnType<typeof catalogWorld>;

const pagesOf = async (world: World, query: Sent): Promise<readonly (readonly string[])[]> => {
  const pages: string[][] = [];
  for (let cursor: string | undefined; ; ) {
    const { body } = await world.listServices({ ...query, ...(cursor && { cursor }) });
    pages.push(body.items.map(({ id }) => id));
    cursor = body.next;
    if (!cursor) return pages;
  }
};

describe('a page of services', () => {
  it('is read in few calls, whatever the order and however little fits', async () => {
    const world = catalogWorld();
    for (let at = 0; at < 300; at += 1)
      await world.createService({
        body: {
          name: `pay ${String(at).padStart(3, '0')}`,
          aliases: [`pay-${at}`],
          tier: at < 99 ? 1 : 2,
          tags: at < 99 ? ['go'] : [],
        },
      });
    for (const query of [{ q: 'pay' }, { tier: '1', sort: 'updatedAt' }, { tag: 'go', sort: 'name' }, { tier: '1' }]) {
      const before = world.log.lists.length;
      const pages = await pagesOf(world, { ...query, limit: '100' });
      expect(pages.flat()).toHaveLength('q' in query ? 300 : 99);
      expect(world.log.lists.length - before).toBeLessThanOrEqual(2 * lookedAtMost);
    }
  });

  it('is no longer than a function can answer, and nothing is lost by that', async () => {
    const world = catalogWorld();
    const annotations = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`a${at}`, '\u{1F600}'.repeat(1000)]));
    for (let at = 0; at < 60; at += 1) await world.createService({ body: { name: `large ${at}`, annotations } });
    for (const query of [{}, { q: 'large' }, { lifecycle: 'production', tier: '4' }]) {
      const first = await world.listServices({ ...query, limit: '100' });
      expect(Buffer.byteLength(JSON.stringify(first.body))).toBeLessThan(5_000_000);
      expect(new Set((await pagesOf(world, { ...query, limit: '100' })).flat()).size).toBe(60);
    }
  });
});

describe('a list over a team and its child teams', () => {
  const filled = async () => {
    const world = catalogWorld();
    const { body: above } = await world.createTeam({ body: { name: 'Above' } });
    const teams: string[] = [];
    for (const name of ['B', 'C', 'D'])
      teams.push((await world.createTeam({ body: { name, parent: above.id } })).body.id);
    const services: string[] = [];
    for (const owner of teams)
      for (const name of ['alpha', 'beta'])
        services.push((await world.createService({ body: { name, owner } })).body.id);
    return { world, above, teams, services };
  };

  it.each([
    ['first', 0],
    ['last', 2],
  ])('goes on when the %s team, in which a page ended, is no longer below', async (_, gone) => {
    const { world, above, teams, services } = await filled();
    const query = { owner: above.id, withChildTeams: 'true' };
    const { body: page } = await world.listServices({ ...query, limit: String(gone * 2 + 1) });
    await world.updateTeam({ team: teams[gone], body: { parent: null } });
    const { body: rest } = await world.listServices({ ...query, limit: '10', cursor: page.next });
    expect(page.items.map(({ id }) => id)).toEqual(services.slice(0, gone * 2 + 1));
    expect(rest.items.map(({ id }) => id)).toEqual(services.slice(gone * 2 + 2));
    expect(rest.next).toBeUndefined();
  });

  it('keeps its order when the first child team comes meanwhile', async () => {
    const { world, teams, services } = await filled();
    const query = { owner: teams[0], withChildTeams: 'true', sort: 'name', limit: '1' };
    const { body: page } = await world.listServices(query);
    await world.updateTeam({ team: teams[1], body: { parent: teams[0] } });
    const found: string[] = page.items.map(({ id }) => id);
    for (let cursor = page.next; cursor; ) {
      const { body } = await world.listServices({ ...query, cursor });
      found.push(...body.items.map(({ id }) => id));
      cursor = body.next;
    }
    expect(found).toEqual(expect.arrayContaining(services.slice(0, 2)));
  });
});
