import { deleteService } from '../../../lambdas/features/catalog/delete-service.ts';
import { deleteTeam } from '../../../lambdas/features/catalog/delete-team.ts';
import { replaceService } from '../../../lambdas/features/catalog/replace-service.ts';
import { replaceTeam } from '../../../lambdas/features/catalog/replace-team.ts';
import * as routes from '../../../lambdas/features/catalog/routes.ts';
import { Service } from '../../../lambdas/model/service.ts';
import { catalogWorld, outcome, type Sent, startMs } from './catalog-world.ts';

const body = (more: Sent = {}): Sent => ({ name: 'Payments', ...more });
const team = (more: Sent = {}): Sent => ({ name: 'Ledger', ...more });

describe('creating a service', () => {
  it('answers what is then read, by id and by alias, with its version and place', async () => {
    const world = catalogWorld();
    const made = await world.createService({ body: body({ aliases: ['payments', 'pay'], tags: ['go'] }) });
    expect(Service.parse(made.body)).toEqual(made.body);
    expect(made).toMatchObject({ version: 1, subject: made.body.id, location: `/v1/services/${made.body.id}` });
    expect(made.body).toMatchObject({ tier: 4, lifecycle: 'production', createdAt: new Date(startMs).toISOString() });
    for (const service of [made.body.id, 'payments', 'pay']) {
      expect(await world.readService({ service })).toEqual({ body: { ...made.body, deploys: [] }, version: 1 });
    }
  });

  it('costs one read by id and two by alias', async () => {
    const world = catalogWorld();
    const { body: made } = await world.createService({ body: body({ aliases: ['payments'] }) });
    const before = world.log.gets;
    await world.readService({ service: made.id });
    expect(world.log.gets - before).toBe(1);
    await world.readService({ service: 'payments' });
    expect(world.log.gets - before).toBe(3);
  });

  it('takes an alias that no other service has, though a team may', async () => {
    const world = catalogWorld();
    await world.createTeam({ body: team({ aliases: ['payments'] }) });
    await world.createService({ body: body({ aliases: ['payments'] }) });
    const items = world.all().size;
    expect(await outcome(world.createService({ body: body({ aliases: ['new', 'payments'] }) }))).toBe('alias-taken');
    expect(world.all().size).toBe(items);
  });

  it('takes an owner that exists only', async () => {
    const world = catalogWorld();
    expect(await outcome(world.createService({ body: body({ owner: 'team_0000000000000009' }) }))).toBe(
      'owner-not-found',
    );
    expect(world.all().size).toBe(0);
  });
});

describe('replacing a service', () => {
  it('moves aliases and owner, and says which fields changed', async () => {
    const world = catalogWorld();
    const { body: ledger } = await world.createTeam({ body: team() });
    const { body: cards } = await world.createTeam({ body: team({ name: 'Cards' }) });
    const { body: made } = await world.createService({
      body: body({ aliases: ['pay', 'payments'], owner: ledger.id, description: 'Old' }),
    });
    world.time.nowMs += 1000;
    const replaced = await world.replaceService({
      service: 'pay',
      body: body({ aliases: ['payments', 'payouts'], owner: cards.id, tier: 1 }),
      ifMatch: 1,
    });
    expect(replaced.details).toEqual({ changed: ['aliases', 'description', 'owner', 'tier'] });
    expect(replaced.body).toMatchObject({ id: made.id, version: 2, createdAt: made.createdAt, tier: 1 });
    expect(replaced.body).not.toHaveProperty('description');
    expect(await outcome(world.readService({ service: 'pay' }))).toBe('service-not-found');
    expect((await world.readService({ service: 'payouts' })).body).toEqual({ ...replaced.body, deploys: [] });
    expect(await outcome(world.deleteTeam({ team: cards.id }))).toBe('team-in-use');
    expect(await outcome(world.deleteTeam({ team: ledger.id }))).toBe('done');
  });

  it('is a new version also when nothing differs', async () => {
    const world = catalogWorld();
    const { body: made } = await world.createService({ body: body({ aliases: ['pay'] }) });
    const again = await world.replaceService({ service: made.id, body: body({ aliases: ['pay'] }), ifMatch: 1 });
    expect(again).toMatchObject({ version: 2, details: { changed: [] } });
  });

  it('refuses a version that is not the present one, and a race lost after reading it', async () => {
    const world = catalogWorld();
    const { body: made } = await world.createService({ body: body({ aliases: ['pay'] }) });
    const sent = { service: made.id, body: body({ aliases: ['pay'] }), ifMatch: 1 };
    const late = await world.intends(routes.replaceService, replaceService, sent);
    await world.replaceService(sent);
    expect(await outcome(world.replaceService(sent))).toBe('version-mismatch');
    expect(await outcome((async () => world.commit(late.writes))())).toBe('version-mismatch');
  });

  it('does not find what is not there', async () => {
    const world = catalogWorld();
    for (const service of ['svc_0000000000000000', 'no-such-alias']) {
      expect(await outcome(world.replaceService({ service, body: body(), ifMatch: 1 }))).toBe('service-not-found');
    }
  });
});

describe('deleting a service', () => {
  it('frees its aliases and its owner', async () => {
    const world = catalogWorld();
    const { body: ledger } = await world.createTeam({ body: team() });
    await world.createService({ body: body({ aliases: ['pay'], owner: ledger.id }) });
    const { body: answered } = await world.deleteService({ service: 'pay' });
    expect(answered).toBeUndefined();
    expect(await outcome(world.readService({ service: 'pay' }))).toBe('service-not-found');
    await world.createService({ body: body({ aliases: ['pay'] }) });
    expect(await outcome(world.deleteTeam({ team: ledger.id }))).toBe('done');
  });

  it('does not delete what was replaced after it was read', async () => {
    const world = catalogWorld();
    const { body: made } = await world.createService({ body: body() });
    const deletion = await world.intends(routes.deleteService, deleteService, { service: made.id });
    await world.replaceService({ service: made.id, body: body(), ifMatch: 1 });
    expect(await outcome((async () => world.commit(deletion.writes))())).toBe('version-mismatch');
  });

  it('checks If-Match where it is sent', async () => {
    const world = catalogWorld();
    const { body: made } = await world.createService({ body: body() });
    expect(await outcome(world.deleteService({ service: made.id, ifMatch: 2 }))).toBe('version-mismatch');
    expect(await outcome(world.deleteService({ service: made.id, ifMatch: 1 }))).toBe('done');
    expect(await outcome(world.deleteService({ service: made.id }))).toBe('service-not-found');
  });
});

describe('an alias', () => {
  it('finds nothing once it points at a service that no longer has it', async () => {
    const world = catalogWorld();
    const { body: made } = await world.createService({ body: body({ aliases: ['pay'] }) });
    world.put('services/alias#stale', { target: made.id, version: 1 });
    world.put('services/alias#gone', { target: 'svc_9999999999999999', version: 1 });
    expect(await outcome(world.readService({ service: 'stale' }))).toBe('service-not-found');
    expect(await outcome(world.readService({ service: 'gone' }))).toBe('service-not-found');
  });
});

describe('a team', () => {
  it('is created, read, replaced and deleted by id and by alias', async () => {
    const world = catalogWorld();
    const made = await world.createTeam({ body: team({ aliases: ['ledger'] }) });
    expect(made.location).toBe(`/v1/teams/${made.body.id}`);
    expect(await world.readTeam({ team: 'ledger' })).toEqual({ body: made.body, version: 1 });
    const replaced = await world.replaceTeam({ team: 'ledger', body: team({ name: 'Books' }), ifMatch: 1 });
    expect(replaced).toMatchObject({ version: 2, details: { changed: ['aliases', 'name'] } });
    expect(await outcome(world.readTeam({ team: 'ledger' }))).toBe('team-not-found');
    expect(await outcome(world.replaceTeam({ team: made.body.id, body: team(), ifMatch: 1 }))).toBe('version-mismatch');
    expect(await outcome(world.deleteTeam({ team: made.body.id, ifMatch: 1 }))).toBe('version-mismatch');
    await world.deleteTeam({ team: made.body.id });
    expect(world.all().size).toBe(0);
  });

  it('cannot be deleted under a service that names it at the same moment, nor the service be created', async () => {
    const world = catalogWorld();
    const { body: ledger } = await world.createTeam({ body: team() });
    const deletion = await world.intends(routes.deleteTeam, deleteTeam, { team: ledger.id });
    await world.createService({ body: body({ owner: ledger.id }) });
    expect(await outcome((async () => world.commit(deletion.writes))())).toBe('team-in-use');
  });

  it('is not replaced or deleted as something that it no longer is', async () => {
    const world = catalogWorld();
    const { body: ledger } = await world.createTeam({ body: team({ aliases: ['ledger'] }) });
    const sent = { team: ledger.id, body: team({ aliases: ['ledger'] }), ifMatch: 1 };
    const replacement = await world.intends(routes.replaceTeam, replaceTeam, sent);
    const deletion = await world.intends(routes.deleteTeam, deleteTeam, { team: ledger.id });
    await world.replaceTeam(sent);
    for (const { writes } of [replacement, deletion]) {
      expect(await outcome((async () => world.commit(writes))())).toBe('version-mismatch');
    }
  });

  it('keeps its version while services come and go', async () => {
    const world = catalogWorld();
    const { body: ledger } = await world.createTeam({ body: team() });
    await world.createService({ body: body({ owner: ledger.id }) });
    expect((await world.readTeam({ team: ledger.id })).version).toBe(1);
  });
});

describe('listing services', () => {
  const filled = async () => {
    const world = catalogWorld();
    const { body: ledger } = await world.createTeam({ body: team() });
    const { body: cards } = await world.createTeam({ body: team() });
    for (let at = 0; at < 24; at += 1) {
      await world.createService({
        body: body({
          aliases: [`service-${at}`],
          tier: (at % 4) + 1,
          lifecycle: at % 3 ? 'production' : 'deprecated',
          ...(at % 2 && { owner: at % 5 ? ledger.id : cards.id }),
        }),
      });
    }
    return { world, ledger, cards };
  };
  const listAll = async (world: ReturnType<typeof catalogWorld>, filter: Sent, limit = 5) => {
    const found: Service[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 100; pages += 1) {
      const { body: page } = await world.listServices({ ...filter, limit, ...(cursor && { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      found.push(...page.items.map((item) => Service.parse(item)));
      cursor = page.next;
      if (!cursor) return found;
    }
    throw new Error('The list does not end.');
  };

  it('yields each match once, under any combination of filters, through the index that leaves fewest', async () => {
    const { world, ledger, cards } = await filled();
    const everything = await listAll(world, {});
    expect(everything).toHaveLength(24);
    for (const owner of [undefined, ledger.id, cards.id, 'team_zzzzzzzzzzzzzzzz'])
      for (const tier of [undefined, '1', '3'])
        for (const lifecycle of [undefined, 'production', 'retired']) {
          const filter = { ...(owner && { owner }), ...(tier && { tier }), ...(lifecycle && { lifecycle }) };
          const expected = everything.filter(
            (each) =>
              (!owner || each.owner === owner) &&
              (!tier || each.tier === Number(tier)) &&
              (!lifecycle || each.lifecycle === lifecycle),
          );
          expect(new Set(await listAll(world, filter))).toEqual(new Set(expected));
          const { index } = world.log.lists.at(-1) ?? {};
          expect(index).toBe(owner ? 'by-owner' : tier ? 'by-tier' : lifecycle ? 'by-lifecycle' : 'by-name');
        }
  });

  it('never yields aliases or anything else that storage keeps', async () => {
    const { world } = await filled();
    for (const item of await listAll(world, { tier: '2' })) {
      expect(Object.keys(item).filter((name) => name.endsWith('Key') || name === 'schema')).toEqual([]);
    }
  });

  it('continues with the filters it began with, and no others', async () => {
    const { world, ledger } = await filled();
    const { body: page } = await world.listServices({ owner: ledger.id, limit: 2 });
    const cursor = page.next;
    expect(await outcome(world.listServices({ owner: ledger.id, limit: 50, cursor }))).toBe('done');
    expect(await outcome(world.listServices({ cursor }))).toBe('invalid-cursor');
    expect(await outcome(world.listServices({ owner: ledger.id, tier: '1', cursor }))).toBe('invalid-cursor');
    expect(await outcome(world.listTeams({ cursor }))).toBe('invalid-cursor');
  });

  it('lists teams without their aliases and counts', async () => {
    const { world, ledger, cards } = await filled();
    const { body: first } = await world.listTeams({ limit: 1 });
    expect(first.items).toEqual([ledger]);
    const { body: second } = await world.listTeams({ limit: 10, cursor: first.next });
    expect(second).toEqual({ items: [cards] });
  });
});

describe('an item that this version does not understand', () => {
  it('is an error, not a half-read service', async () => {
    const world = catalogWorld();
    const { body: made } = await world.createService({ body: body() });
    world.put(`services/${made.id}`, { ...made, schema: 3 });
    await expect(world.readService({ service: made.id })).rejects.toThrow(/schema/);
  });
});
