import { catalogWorld } from './catalog-world.ts';

const many = (count: number, word: string): string[] => Array.from({ length: count }, (_, at) => `${word}-${at}`);

it('the largest service that is valid fits one transaction when it is made and when it is deleted', async () => {
  const world = catalogWorld();
  const { body: owner } = await world.createTeam({ body: { name: 'Owner' } });
  const dependencies: string[] = [];
  for (const name of many(25, 'needed')) dependencies.push((await world.createService({ body: { name } })).body.id);
  const repositories: string[] = [];
  for (const name of many(5, 'code'))
    repositories.push((await world.createRepository({ body: { name, url: `https://example.com/${name}` } })).body.id);
  const body = { name: 'Largest', aliases: many(10, 'alias'), tags: many(20, 'tag'), owner: owner.id };
  const made = await world.createService({ body: { ...body, dependencies, repositories } });
  await world.createDeploy({ service: made.body.id, body: { environment: 'live', version: '1' } });
  const gone = await world.deleteService({ service: made.body.id });
  // Beside them stand the audit event and the record of an Idempotency-Key.
  for (const { writes } of [made, gone]) expect(writes.length).toBeLessThanOrEqual(98);
});
