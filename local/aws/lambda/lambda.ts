import type { FunctionRegistry, RegisteredFunction } from '../../lambda/function-registry.ts';
import type { Invocation } from '../../lambda/lambda-function.ts';
import type { ServiceAnswer } from '../../types.ts';
import { AwsError } from '../aws-error.ts';
import { type Fields, optionalText, text } from '../fields.ts';
import type { Service, ServiceCall, Work } from '../service.ts';
import type { World } from '../world.ts';
import { lambdaProtocol } from './lambda-protocol.ts';

export interface LambdaRoom {
  readonly world: World;
  readonly functions: FunctionRegistry;
  /** Takes an event for an asynchronous invocation. */
  readonly accept: (target: RegisteredFunction, event: string) => void;
}

/** A synchronous payload, and an asynchronous one.
 *  Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const payloadBytesMax: Readonly<Record<string, number>> = {
  RequestResponse: 6 * 1024 * 1024,
  Event: 1024 * 1024,
  DryRun: 6 * 1024 * 1024,
};
const logTailBytes = 4096;

/** Lambda: Invoke. The caller's policies and the function's decide. */
export const createLambda = (room: LambdaRoom): Service => ({
  name: 'lambda',
  protocol: lambdaProtocol,
  throttled: () => new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429),
  authorize: (call) => authorizeInvoke(call, room),
});

const authorizeInvoke = (call: ServiceCall, { world, functions, accept }: LambdaRoom): Work => {
  const { input, gate } = call;
  const name = text(input, 'FunctionName');
  const found = functions.find(name);
  const arn = name.startsWith('arn:') ? name : `arn:aws:lambda:${world.region}:${world.account}:function:${name}`;
  const document = { Version: '2012-10-17', Statement: found?.permissions ?? [] };
  gate({
    action: 'lambda:InvokeFunction',
    resource: found?.run.definition.arn ?? arn,
    policy: found && found.permissions.length > 0 ? { name: `function policy of ${name}`, document } : undefined,
  });
  return async () => {
    if (!found) throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
    const type = optionalText(input, 'InvocationType') ?? 'RequestResponse';
    const event = eventOf(input, type);
    if (type === 'DryRun') return { status: 204, headers: {}, body: '' };
    if (type === 'RequestResponse') return answerOf(await found.run.invoke(event), optionalText(input, 'LogType'));
    accept(found, event);
    return { status: 202, headers: {}, body: '' };
  };
};

const eventOf = (input: Fields, type: string): string => {
  const max = Object.hasOwn(payloadBytesMax, type) ? payloadBytesMax[type] : undefined;
  if (max === undefined) throw new AwsError('InvalidParameterValueException', `Unknown invocation type ${type}.`);
  if (input.ClientContext !== undefined)
    throw new AwsError('InvalidParameterValueException', 'The local Lambda does not have a client context.');
  if (input.Qualifier !== undefined && input.Qualifier !== '$LATEST')
    throw new AwsError('InvalidParameterValueException', 'The local Lambda invokes $LATEST only.');
  const payload = text(input, 'Payload');
  if (Buffer.byteLength(payload) > max)
    throw new AwsError('RequestTooLargeException', `Request must be smaller than ${max} bytes`, 413);
  try {
    return JSON.stringify(JSON.parse(payload === '' ? '{}' : payload));
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json.');
  }
};

const answerOf = ({ kind, payload, logs }: Invocation, logType: string | undefined): ServiceAnswer => {
  if (kind === 'throttled') throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, JSON.parse(payload));
  const tail = Buffer.from(logs.map(({ message }) => `${message}\n`).join('')).subarray(-logTailBytes);
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'x-amz-executed-version': '$LATEST',
      ...(kind === 'failed' ? { 'x-amz-function-error': 'Unhandled' } : {}),
      ...(logType === 'Tail' ? { 'x-amz-log-result': tail.toString('base64') } : {}),
    },
    body: payload,
  };
};
