import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TenantId } from '../kernel/id.ts';
import { watchAccess } from './access-watch.ts';
import { tenantCredentials } from './tenant-credentials.ts';

/** Tenants whose session a warm instance keeps: STS is throttled per account, so sessions are reused. */
const kept = 200;
const clients = new Map<TenantId, DynamoDBClient>();

/** All clients share one connection pool; each has its own tenant's credentials and no other's. */
let requestHandler: DynamoDBClient['config']['requestHandler'] | undefined;

/** The DynamoDB client of one tenant's session, least recently used dropped first. */
export const tenantClient = (tenant: TenantId): DynamoDBClient => {
  const known = clients.get(tenant);
  const client =
    known ??
    watchAccess(
      new DynamoDBClient({
        credentials: tenantCredentials(tenant),
        maxAttempts: 4,
        ...(requestHandler && { requestHandler }),
      }),
      tenant,
    );
  requestHandler ??= client.config.requestHandler;
  clients.delete(tenant);
  clients.set(tenant, client);
  if (clients.size > kept) {
    const oldest = clients.keys().next().value;
    if (oldest !== undefined) clients.delete(oldest);
  }
  return client;
};
