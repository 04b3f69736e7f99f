import { reportSecurityEvent } from './log.ts';

interface Middlewares {
  add(
    middleware: (
      next: (args: unknown) => Promise<unknown>,
      context: { clientName?: string; commandName?: string },
    ) => (args: unknown) => Promise<unknown>,
    options: { step: 'initialize'; name: string; priority: 'high' },
  ): void;
}

const isAccessDenied = (error: unknown): boolean =>
  error instanceof Error && /^(AccessDenied|AccessDeniedException|UnauthorizedOperation)$/.test(error.name);

/**
 * Turns every refusal by IAM or a key policy into a security event: our code never asks for what it may not have, so a
 * refusal means a bug or an attack. CloudTrail would not show it for application roles.
 */
export const watchAccess = <C extends { middlewareStack: unknown }>(client: C, tenant?: string): C => {
  (client.middlewareStack as Middlewares).add(
    (next, context) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        if (isAccessDenied(error)) {
          reportSecurityEvent({
            event: 'tenant-boundary-touched',
            service: context.clientName ?? 'unknown',
            action: context.commandName ?? 'unknown',
            ...(tenant !== undefined && { tenant }),
          });
        }
        throw error;
      }
    },
    { step: 'initialize', name: 'watchAccess', priority: 'high' },
  );
  return client;
};
