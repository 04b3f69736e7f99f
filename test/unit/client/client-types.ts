import { type Client, ProblemError } from '../../../lambdas/client.ts';
import type { Service } from '../../../lambdas/model/service.ts';

/** Never run: `tsc` checks it. Each line marked as an error must be one. */
export const typedCalls = async (client: Client): Promise<unknown> => {
  const made = await client.createService({ body: { name: 'Payments', tier: 1 }, idempotencyKey: 'a' });
  const status: 201 = made.status;
  const service: Service = made.body;
  await client.replaceService({ service: 'payments', body: service, ifMatch: made.etag ?? 1 }).catch(() => undefined);
  const page = await client.listServices();
  const names: string[] = page.body.items.map(({ name }) => name);
  await client.listServices({ tier: '1', lifecycle: 'production', limit: 5, cursor: page.body.next ?? '' });
  const nothing: undefined = (await client.deleteService({ service: 'payments' })).body;
  const token: string | undefined = (await client.issueToken({ body: { name: 'ci', scopes: ['services:read'] } })).body
    .token;

  // @ts-expect-error a body is needed
  await client.createService({});
  // @ts-expect-error a name is needed
  await client.createService({ body: {} });
  // @ts-expect-error lifecycles are a closed list
  await client.listServices({ lifecycle: 'new' });
  // @ts-expect-error a service is needed
  await client.readService({});
  // @ts-expect-error If-Match is needed
  await client.replaceService({ service: 'payments', body: { name: 'A' } });
  // @ts-expect-error only POST takes an idempotency key
  await client.readMe({ idempotencyKey: 'a' });
  // @ts-expect-error there is no such parameter
  await client.listTeams({ owner: 'a' });
  // @ts-expect-error there is no such operation
  await client.dropTenant();

  const error: unknown = undefined;
  if (error instanceof ProblemError) {
    if (error.code === 'alias-taken') return error.problem.detail;
    // @ts-expect-error codes are a closed list
    if (error.code === 'alias-gone') return undefined;
  }
  return [status, names, nothing, token];
};
