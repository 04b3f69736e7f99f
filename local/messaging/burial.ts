import type { KeyStore } from '../aws/kms/key-store.ts';
import type { MessageAttributes, Queue } from '../aws/sqs/queue.ts';
import { queueKeyQuestions, queueQuestion } from '../aws/sqs/queue-questions.ts';
import type { Queues } from '../aws/sqs/queues.ts';
import type { CredentialsStore, World } from '../aws/world.ts';
import type { RegisteredFunction } from '../lambda/function-registry.ts';
import type { Principal } from '../types.ts';
import type { Graves } from './asynchronous.ts';
import { deadLetterAttributes, type FailedEvent, failureRecord } from './failed-event.ts';
import type { Measured } from './messaging.ts';
import type { Permit } from './permit.ts';

export interface BurialParts {
  readonly world: World;
  readonly keys: KeyStore;
  readonly credentials: CredentialsStore;
  readonly queues: Queues;
  readonly permit: Permit;
  readonly measured: Measured;
  readonly tell: (line: string) => void;
}

/**
 * Sends what Lambda gives up to the function's destination and to its dead-letter queue, both under the function's own role:
 * it must be allowed `sqs:SendMessage` and the use of the queue's key. What it may not send is lost, told and measured.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export const createBurial = (parts: BurialParts) => {
  const { world, queues, permit, measured, tell } = parts;

  const send = (role: Principal, queue: Queue, body: string, attributes: MessageAttributes): boolean => {
    const questions = () => [queueQuestion('SendMessage', queue), ...queueKeyQuestions('SendMessage', queue, parts)];
    const isAllowed = permit({ principal: role, service: 'sqs', operation: 'SendMessage', questions });
    if (isAllowed) queues.send(queue, { body, attributes, sender: role.kind === 'session' ? role.arn : role.service });
    return isAllowed;
  };

  return ({ run }: RegisteredFunction, failed: FailedEvent, { onFailure, deadLetters }: Graves): void => {
    const { name } = run.definition;
    const now = world.clock.now();
    const lost = (metric: string) =>
      measured({ namespace: 'AWS/Lambda', name: metric, dimensions: { FunctionName: name } }, now, 1);
    const role = roleOf(run.definition.roleName, name, parts.credentials);
    measured({ namespace: 'AWS/Lambda', name: 'AsyncEventsDropped', dimensions: { FunctionName: name } }, now, 1);
    tell(`${name} failed an event for good (${failed.condition} after ${failed.invokeCount} runs).`);
    if (onFailure !== undefined && !send(role, queues.require(onFailure), failureRecord(failed, now), {}))
      lost('DestinationDeliveryFailures');
    const isBuried =
      deadLetters === undefined || send(role, queues.require(deadLetters), failed.event, deadLetterAttributes(failed));
    if (!isBuried) lost('DeadLetterErrors');
  };
};

const roleOf = (roleName: string, sessionName: string, credentials: CredentialsStore): Principal => {
  const { accessKeyId } = credentials.issue({ roleName, sessionName, seconds: 900 });
  const known = credentials.find(accessKeyId);
  if (known === undefined) throw new Error(`No session of role ${roleName}.`);
  return known.principal;
};
