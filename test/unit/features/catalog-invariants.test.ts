import fc from 'fast-check';
import { catalogWorld, outcome } from './catalog-world.ts';

/** Few words, so that random histories meet each other. */
const alias = fc.constantFrom('a', 'b', 'c', 'd');
const aliases = fc.uniqueArray(alias, { maxLength: 3 });
const nth = fc.nat(5);
const step = fc.oneof(
  fc.record({ does: fc.constant('createTeam' as const), aliases }),
  fc.record({ does: fc.constant('replaceTeam' as const), nth, aliases }),
  fc.record({ does: fc.constant('deleteTeam' as const), nth }),
  fc.record({ does: fc.constant('createService' as const), aliases, owner: fc.option(nth, { nil: undefined }) }),
  fc.record({ does: fc.constant('replaceService' as const), nth, aliases, owner: fc.option(nth, { nil: undefined }) }),
  fc.record({ does: fc.constant('deleteService' as const), nth }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type World = ReturnType<typeof catalogWorld>;

interface Ids {
  readonly teams: string[];
  readonly services: string[];
}
const pick = (ids: readonly string[], nth: number, otherwise: string) =>
  ids[nth % Math.max(1, ids.length)] ?? otherwise;
const noTeam = 'team_zzzzzzzzzzzzzzzz';
const noService = 'svc_zzzzzzzzzzzzzzzz';

const take = async (world: World, ids: Ids, done: Step): Promise<unknown> => {
  const owner = 'owner' in done && done.owner !== undefined ? { owner: pick(ids.teams, done.owner, noTeam) } : {};
  switch (done.does) {
    case 'createTeam':
      return world
        .createTeam({ body: { name: 'T', aliases: done.aliases } })
        .then(({ subject }) => ids.teams.push(subject));
    case 'replaceTeam': {
      const team = pick(ids.teams, done.nth, noTeam);
      const { version } = await world.readTeam({ team });
      return world.replaceTeam({ team, body: { name: 'T', aliases: done.aliases }, ifMatch: version });
    }
    case 'deleteTeam':
      return world.deleteTeam({ team: pick(ids.teams, done.nth, noTeam) });
    case 'createService':
      return world
        .createService({ body: { name: 'S', aliases: done.aliases, ...owner } })
        .then(({ subject }) => ids.services.push(subject));
    case 'replaceService': {
      const service = pick(ids.services, done.nth, noService);
      const { version } = await world.readService({ service });
      return world.replaceService({ service, body: { name: 'S', aliases: done.aliases, ...owner }, ifMatch: version });
    }
    case 'deleteService':
      return world.deleteService({ service: pick(ids.services, done.nth, noService) });
  }
};

/** What must hold of a tenant's items after any history. */
const check = (world: World): void => {
  const items = [...world.all()];
  for (const collection of ['services', 'teams']) {
    const of = (prefix: string) =>
      items
        .filter(([key]) => key.startsWith(`${collection}/${prefix}`))
        .map(([key, item]) => ({ key: key.slice(collection.length + 1 + prefix.length), item }));
    const named = of(collection === 'services' ? 'svc_' : 'team_').flatMap(({ item }) =>
      (item.aliases as string[]).map((each) => [each, item.id]),
    );
    expect(
      of('alias#')
        .map(({ key, item }) => [key, item.target])
        .sort(),
    ).toEqual(named.sort());
  }
  const owners = items.filter(([key]) => key.startsWith('services/svc_')).map(([, item]) => item.owner);
  const teams = items.filter(([key]) => key.startsWith('teams/team_')).map(([, item]) => String(item.id));
  for (const owner of owners) if (owner !== undefined) expect(teams).toContain(owner);
  const counts = Object.fromEntries(
    items.filter(([key]) => key.startsWith('teams/references#')).map(([key, item]) => [key.slice(17), item.references]),
  );
  expect(counts).toEqual(
    Object.fromEntries(teams.map((team) => [team, owners.filter((owner) => owner === team).length])),
  );
};

describe('after any history of changes', () => {
  it('each alias has one item, each owner is there, and each team counts the services it owns', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (history) => {
        const world = catalogWorld();
        const ids: Ids = { teams: [], services: [] };
        for (const each of history) await outcome(take(world, ids, each));
        check(world);
      }),
      { numRuns: 300 },
    );
  });
});
