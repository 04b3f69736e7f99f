import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Role } from '../../../lambdas/kernel/permissions.ts';
import type { FreshTenant } from '../../harness/tenant.ts';
import type { TestTwin } from '../../harness/twin.ts';

/** Demotes or disables a tenant's owner, as the operators' function could: no route changes users yet. */
export const changeUser = async (
  { addresses, control }: TestTwin,
  tenant: FreshTenant,
  change: { readonly role?: Role; readonly state?: string },
): Promise<void> => {
  const client = new DynamoDBClient({
    endpoint: addresses.endpointUrl,
    region: addresses.region,
    credentials: await control.session('ringfence-local-operators-tenant', { tenant: tenant.id }),
    systemClockOffset: (await control.now()) - Date.now(),
  });
  const user = { schema: 1, id: tenant.owner, email: 'o@example.com', role: 'owner', state: 'active', version: 2 };
  const Item = marshall({ pk: `${tenant.id}#users`, sk: tenant.owner, ...user, ...change });
  await client.send(new PutItemCommand({ TableName: 'ringfence-local-identity', Item }));
};
