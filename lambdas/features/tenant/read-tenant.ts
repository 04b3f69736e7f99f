import type { UseCase } from '../../kernel/use-case.ts';
import type { Needs } from './needs.ts';
import type * as routes from './routes.ts';

export const readTenant: UseCase<typeof routes.readTenant, Needs> = async ({ tenant }) => ({
  body: await tenant.read(),
});
