import { atOnce, callerOf } from '../../harness/caller.ts';
import { catalogItem } from '../../harness/catalog-item.ts';
import { refusalOf } from '../../harness/refusal-of.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';

interface Deploy {
  readonly id: string;
  readonly version: string;
  readonly at: string;
}
let twin: TestTwin;
beforeAll(async () => {
  twin = await workerTwin();
});

it('20 deploys of a service told at once are all told, and the last ten of them stand on the service', async () => {
  const owner = callerOf(twin, (await twin.tenant()).token);
  const { id } = (await owner.ask('POST', '/v1/services', { body: { name: 'Deployed' } })).json as { id: string };
  const path = `/v1/services/${id}/deploys`;
  const replies = await atOnce(20, (n) =>
    owner.ask('POST', path, { body: { environment: 'production', version: String(n) } }),
  );
  expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(201));
  const all = await owner.all<Deploy>(path);
  expect(all.map(({ version }) => Number(version)).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, n) => n),
  );
  const { deploys } = (await owner.ask('GET', `/v1/services/${id}`)).json as { deploys: readonly Deploy[] };
  const times = all.map(({ at }) => at);
  expect(times).toEqual([...times].sort().reverse());
  expect(deploys.map(({ at }) => at)).toEqual(times.slice(0, 10));
  for (const deploy of deploys) expect(all).toContainEqual(deploy);
  expect(new Set(deploys.map((deploy) => deploy.id)).size).toBe(10);
  const events = await owner.auditOf(id);
  const told = events.flatMap(({ action, details }) => (action === 'service.deployed' ? [details?.deploy] : []));
  expect(told.sort()).toEqual(all.map((deploy) => deploy.id).sort());
});

it('a deploy told while its service is deleted is told of one that is there, or refused', async () => {
  const tenant = await twin.tenant();
  const owner = callerOf(twin, tenant.token);
  for (let round = 0; round < 10; round += 1) {
    const { id } = (await owner.ask('POST', '/v1/services', { body: { name: `S ${round}` } })).json as { id: string };
    const [removed, ...told] = await Promise.all([
      owner.ask('DELETE', `/v1/services/${id}`),
      ...[1, 2].map((n) =>
        owner.ask('POST', `/v1/services/${id}/deploys`, { body: { environment: 'test', version: String(n) } }),
      ),
    ]);
    expect(removed?.status).toBe(204);
    for (const reply of told.filter(({ status }) => status !== 201))
      expect(refusalOf('createDeploy', reply)).toBe('service-not-found');
    const events = (await owner.auditOf(id)).map(({ action }) => action);
    expect(events.filter((action) => action === 'service.deleted')).toHaveLength(1);
    expect(events.filter((action) => action === 'service.deployed')).toHaveLength(
      told.filter(({ status }) => status === 201).length,
    );
    expect((await owner.ask('GET', `/v1/services/${id}/deploys`)).status).toBe(404);
    // What was told after the deletion would stand here; what was told before is gone with it.
    const left = await catalogItem(twin, { tenant: tenant.id, collection: 'deploys', key: `last#${id}` });
    expect(left ?? { deploys: [] }).toMatchObject({ deploys: [] });
    if (left) expect(Number(left.expiresAt) * 1000).toBeLessThan((await twin.control.now()) + 7_200_000);
  }
});
