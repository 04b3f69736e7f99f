import { fail } from '../kernel/errors.ts';
import type { Answer } from '../kernel/use-case.ts';
import { answer } from './answer.ts';
import { failureOf } from './failure-of.ts';
import { note } from './invocation.ts';
import { observed } from './observed.ts';
import { parseRequest } from './parse-request.ts';
import { refuseLeakedCredential } from './refuse-leaked-credential.ts';
import { findRoute, type Routes, routeTable } from './route-table.ts';
import type { Handler } from './serve.ts';

type PublicUseCase = (input: Readonly<Record<string, unknown>>) => Promise<Answer<unknown>>;

/** `serve` for routes that anybody may call: no caller, no session, nothing of any tenant within reach. */
export const servePublic = <R extends Routes>(
  routes: R,
  useCases: { readonly [Name in keyof R]: PublicUseCase },
): Handler => {
  const table = routeTable(routes);
  return observed(async (event) => {
    try {
      const route = findRoute(table, event);
      note({ operation: route.operation });
      const useCase: PublicUseCase | undefined = useCases[route.operation];
      if (route.permission !== 'public' || !useCase) return fail('internal');
      refuseLeakedCredential(event, route);
      const { body } = await useCase(parseRequest(event, route).input);
      return answer({ status: route.answers.status, body });
    } catch (error) {
      return failureOf(error);
    }
  });
};
