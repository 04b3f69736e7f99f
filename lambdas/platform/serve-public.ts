import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { fail } from '../kernel/errors.ts';
import type { Answer } from '../kernel/use-case.ts';
import { answer } from './answer.ts';
import { withDeprecation } from './deprecation-headers.ts';
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
  const answerTo = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
    const route = findRoute(table, event);
    note({ operation: route.operation });
    const useCase: PublicUseCase | undefined = useCases[route.operation];
    if (route.permission !== 'public' || !useCase) return fail('internal');
    refuseLeakedCredential(event, route);
    const { status, html } = route.answers;
    const { body } = await useCase(parseRequest(event, route).input);
    return answer({ status, body, ...(html && { html }) });
  };
  return observed(async (event) => withDeprecation(table, event, await answerTo(event).catch(failureOf)));
};
