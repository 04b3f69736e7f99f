import { AwsError, notBuilt } from '../aws-error.ts';
import { jsonAnswer, jsonProtocol } from '../protocol.ts';
import type { Service } from '../service.ts';
import { describeSecret, getSecretValue, type Operation, putSecretValue, type Room } from './operations.ts';

const operations: Readonly<Record<string, Operation>> = {
  GetSecretValue: getSecretValue,
  PutSecretValue: putSecretValue,
  DescribeSecret: describeSecret,
};

/** Secrets Manager: the secret's policy, the caller's policies and the secret's key decide, then the value is read or put. */
export const createSecretsManager = (room: Room): Service => ({
  name: 'secretsmanager',
  protocol: jsonProtocol('secretsmanager', '1.1', () => ''),
  throttled: () => new AwsError('ThrottlingException', 'Rate exceeded'),
  authorize: (call) => {
    const operation = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
    if (operation === undefined) throw notBuilt('Secrets Manager', call.operation);
    const run = operation(call, room);
    return () => jsonAnswer(run(), '1.1');
  },
});
