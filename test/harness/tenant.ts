import { randomBytes } from 'node:crypto';
import { callOperators } from '../../bin/call-operators.ts';
import type { Role } from '../../lambdas/kernel/permissions.ts';
import { controlOf } from './control.ts';
import { ask } from './http.ts';
import type { TwinAddresses } from './run-twin.ts';

export interface FreshTenant {
  readonly slug: string;
  /** Tenant id. */
  readonly id: string;
  /** User id of the first owner. */
  readonly owner: string;
  /** The first owner's token. */
  readonly token: string;
  /** A new token, issued through the API. */
  issue(input?: {
    role?: Role;
    scopes?: readonly string[];
    expiresInDays?: number;
  }): Promise<{ readonly id: string; readonly token: string }>;
}

/** Calls the operators' function of a twin, signed as its local administrator. */
export const operate = <T>(addresses: TwinAddresses, command: object): Promise<T> => {
  const { outputs, region, administrator } = addresses;
  const url = Object.values(outputs).find((values) => values.OperatorsUrl)?.OperatorsUrl ?? '';
  // Signed in the twin's time: a test may have moved it.
  return callOperators<T>({ url, region, credentials: administrator }, command, controlOf(addresses).now);
};

export const freshTenant = async (addresses: TwinAddresses): Promise<FreshTenant> => {
  const slug = `t${randomBytes(6).toString('hex')}`;
  const { registration, token } = await operate<{
    registration: { tenant: string; owner: string; firstToken: string };
    token: string;
  }>(addresses, { command: 'create', slug, name: `Tenant ${slug}`, ownerEmail: `owner@${slug}.example` });
  await operate(addresses, { command: 'confirm', slug, token: registration.firstToken });
  return {
    slug,
    id: registration.tenant,
    owner: registration.owner,
    token,
    issue: async (input = {}) => {
      const reply = await ask(addresses.apiUrl, 'POST', '/v1/tokens', { token, body: { name: 'test', ...input } });
      if (reply.status !== 201) throw new Error(`No token was issued: ${reply.status} ${reply.text}`);
      return reply.json as { id: string; token: string };
    },
  };
};
