import { readService } from '../../../lambdas/features/catalog/read-service.ts';
import { catalogWorld, outcome, type Sent, startMs } from './catalog-world.ts';

const day = 86_400_000;
const deployAt = (atMs: number): Sent => ({ environment: 'live', version: '1', at: new Date(atMs).toISOString() });

describe('a deploy', () => {
  it('is not taken as one that would not be kept, nor as one of a later time', async () => {
    const world = catalogWorld();
    const { body: service } = await world.createService({ body: { name: 'Payments' } });
    const told = (atMs: number) => outcome(world.createDeploy({ service: service.id, body: deployAt(atMs) }));
    expect(await told(startMs - 401 * day)).toBe('invalid-request');
    expect(await told(0)).toBe('invalid-request');
    expect(await told(startMs + day)).toBe('invalid-request');
    expect(await told(startMs - 399 * day)).toBe('done');
  });

  it('leaves its service when it leaves the list, and with the last of them their item expires', async () => {
    const world = catalogWorld();
    const { body: service } = await world.createService({ body: { name: 'Payments' } });
    for (const days of [10, 300])
      await world.createDeploy({ service: service.id, body: deployAt(startMs - days * day) });
    world.time.nowMs += 200 * day;
    const { body: read } = await world.readService({ service: service.id });
    expect(read.deploys?.map(({ at }) => at)).toEqual([new Date(startMs - 10 * day).toISOString()]);
    const item = world.all().get(`deploys/last#${service.id}`);
    expect(item?.expiresAt).toBe((startMs + 390 * day) / 1000);
  });

  it('is not told with its service to a token that may not read deploys', async () => {
    const world = catalogWorld();
    const { body: service } = await world.createService({ body: { name: 'Payments' } });
    await world.createDeploy({ service: service.id, body: { environment: 'live', version: '1', author: 'Ada' } });
    const { needs, caller } = world;
    const narrow = { ...caller, permissions: ['services:read'] as const };
    expect((await readService(needs, narrow, { service: service.id })).body).toEqual(service);
    expect((await world.readService({ service: service.id })).body.deploys).toHaveLength(1);
  });
});
