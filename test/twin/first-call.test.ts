import { ask } from '../harness/http.ts';
import { workerTwin } from '../harness/twin.ts';

it('a new tenant’s first token works, and sees its own tenant', async () => {
  const twin = await workerTwin();
  const tenant = await twin.tenant();
  const reply = await ask(twin.addresses.apiUrl, 'GET', '/v1/tenant', { token: tenant.token });
  expect(reply).toMatchObject({ status: 200, json: { id: tenant.id, state: 'active' } });
});
