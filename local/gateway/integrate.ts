import { errorOf } from '../lambda/error-of.ts';
import type { InvokeFunction } from '../lambda/invoke-as-service.ts';
import type { Route } from './api-definition.ts';
import type { HttpAnswer } from './http-server.ts';
import { methodArn, type StagePlace } from './method-arn.ts';
import { parseProxyResponse } from './proxy-response.ts';
import { Refusal } from './refusal.ts';

/**
 * Calls the route's function and gives its answer. Throws `Refusal`: a timeout is 504, a failed or malformed answer 502,
 * a function that the gateway may not invoke or that is throttled 500.
 * https://repost.aws/knowledge-center/api-gateway-internal-server-error
 */
export const integrate = async (
  route: Route,
  event: unknown,
  { place, invoke }: { readonly place: StagePlace; readonly invoke: InvokeFunction },
): Promise<HttpAnswer> => {
  const sourceArn = methodArn(place, route.method, route.path);
  const invocation = await within(route.timeoutMs, invoke(route.functionArn, JSON.stringify(event), sourceArn));
  if (!invocation) throw new Refusal('INTEGRATION_TIMEOUT');
  if (invocation.kind === 'refused') throw new Refusal('API_CONFIGURATION_ERROR', { why: invocation.payload });
  if (invocation.kind === 'throttled')
    throw new Refusal('INTEGRATION_FAILURE', { status: 500, why: invocation.payload });
  if (invocation.kind === 'failed')
    throw new Refusal('INTEGRATION_FAILURE', { status: 502, why: errorOf(invocation.payload) });
  const answer = parseProxyResponse(invocation.payload);
  if (!answer) throw new Refusal('INTEGRATION_FAILURE', { status: 502, why: 'Malformed Lambda proxy response' });
  return answer;
};

const within = <T>(ms: number, work: Promise<T>): Promise<T | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};
