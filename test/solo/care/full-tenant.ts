import { callerOf } from '../../harness/caller.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import type { TestTwin } from '../../harness/twin.ts';

/** A tenant with something in every collection, pointers and records of Idempotency-Keys included, by the API alone. */
export const fullTenant = async (twin: TestTwin): Promise<FreshTenant> => {
  const tenant = await twin.tenant();
  const caller = callerOf(twin, tenant.token);
  const make = async (path: string, body: object): Promise<string> => {
    const headers = [['Idempotency-Key', `full-${path.replaceAll('/', '-')}-${JSON.stringify(body).length}`]] as const;
    const { status, text, json } = await caller.ask('POST', path, { body, headers });
    if (status !== 201) throw new Error(`POST ${path}: ${status} ${text}`);
    return (json as { id: string }).id;
  };
  const parent = await make('/v1/teams', { name: 'Finance', aliases: ['finance'] });
  const owner = await make('/v1/teams', { name: 'Payments', aliases: ['payments', 'pay'], parent });
  const repository = await make('/v1/repositories', { name: 'ledger', url: 'https://code.example/ledger', owner });
  const ledger = await make('/v1/services', { name: 'Ledger', aliases: ['ledger'], tags: ['money', 'core'], owner });
  const checkout = { name: 'Checkout', aliases: ['checkout'], dependencies: [ledger], repositories: [repository] };
  const service = await make('/v1/services', checkout);
  await make(`/v1/services/${service}/deploys`, { environment: 'production', version: '1.0' });
  await make('/v1/tokens', { name: 'Pipeline', role: 'member' });
  return tenant;
};
