import type { FunctionRegistry } from './function-registry.ts';
import type { Invocation } from './lambda-function.ts';
import { mayInvoke } from './may-invoke.ts';

/** `refused`: the function's resource policy does not let the service in, or there is no such function. */
export type ServiceInvocation = Invocation | { readonly kind: 'refused'; readonly payload: string };

export type InvokeFunction = (functionArn: string, event: string, sourceArn: string) => Promise<ServiceInvocation>;

/**
 * Invocations by an AWS service for one of its resources: allowed by an AWS::Lambda::Permission that names the service
 * and, where it has one, the source ARN.
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
 */
export const invokeAsService =
  (
    functions: FunctionRegistry,
    service: string,
    account: string,
    told: (service: string, functionArn: string) => void = () => {},
  ): InvokeFunction =>
  async (functionArn, event, sourceArn) => {
    const found = functions.find(functionArn);
    if (!found) return { kind: 'refused', payload: `There is no function ${functionArn}` };
    const context = { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': account };
    const decision = mayInvoke(found, { kind: 'service', service, account }, 'lambda:InvokeFunction', context);
    if (decision.allowed) told(service, found.run.definition.arn);
    return decision.allowed ? found.run.invoke(event) : { kind: 'refused', payload: decision.reason };
  };
