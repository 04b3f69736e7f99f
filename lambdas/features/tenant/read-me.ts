import type { UseCase } from '../../kernel/use-case.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

/** Answers from the signed caller alone, without a read. */
export const readMe: UseCase<typeof routes.readMe, Needs> = async (_needs, caller) => ({
  body: {
    tenant: caller.tenant,
    user: caller.principal,
    token: caller.credential,
    role: caller.role,
    permissions: [...caller.permissions],
  },
});
