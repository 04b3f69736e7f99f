import { authorize } from '../iam/evaluate.ts';
import type { Decision, Principal, RequestContext } from '../types.ts';
import type { RegisteredFunction } from './function-registry.ts';

/** Whether a principal may do `lambda:InvokeFunction` or `lambda:InvokeFunctionUrl`: its policies and the function's. */
export const mayInvoke = (
  { run, permissions }: RegisteredFunction,
  principal: Principal,
  action: string,
  context: RequestContext,
): Decision => {
  const { arn, name } = run.definition;
  const document = { Version: '2012-10-17', Statement: permissions };
  const policy = permissions.length > 0 ? { policy: { name: `function policy of ${name}`, document } } : {};
  return authorize({ principal, action, resource: arn, context }, policy);
};
