import { randomUUID } from 'node:crypto';
import type { Queues } from '../aws/sqs/queues.ts';
import type { FunctionRegistry, RegisteredFunction } from '../lambda/function-registry.ts';
import type { Invocation } from '../lambda/lambda-function.ts';
import type { JsonObject } from '../template/json.ts';
import { TwinError } from '../twin-error.ts';
import type { Clock } from '../types.ts';
import type { FailedEvent } from './failed-event.ts';
import { defaultSettings, type InvokeSettings, invokeSettings, queueArn } from './invoke-settings.ts';

/** Where Lambda puts an event it gives up. */
export interface Graves {
  readonly onFailure?: string;
  readonly deadLetters?: string;
}

/** Lambda's queue of asynchronous events. It lives in memory: what waits in it is gone with the process. */
export interface Asynchronous {
  /** Accepts an event: it is run at once and, when that fails, again later. Authorization is the caller's. */
  accept(target: RegisteredFunction, event: string): void;
  /** AWS::Lambda::EventInvokeConfig. */
  configure(properties: JsonObject): void;
  /** A function's DeadLetterConfig. */
  setDeadLetters(functionName: string, targetArn: unknown): void;
  /** Runs again what is due by the clock. */
  tick(): void;
}

export interface AsynchronousParts {
  readonly clock: Clock;
  readonly functions: FunctionRegistry;
  readonly queues: Queues;
  /** Keeps `settled` waiting while work is under way. */
  readonly track: (work: Promise<void>) => void;
  readonly bury: (target: RegisteredFunction, failed: FailedEvent, graves: Graves) => void;
}

interface Waiting {
  readonly target: RegisteredFunction;
  readonly event: string;
  readonly requestId: string;
  readonly acceptedAt: number;
  failures: number;
  throttles: number;
  dueAt: number;
  last?: Invocation;
}

/** Before the second and the third attempt. */
const retryAfterMs = [60_000, 120_000];
const throttledAfterMsMax = 300_000;

/**
 * A failed event is run again after one minute and then after two; a throttled one after one second and then ever later,
 * five minutes at most, until it is too old.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export const createAsynchronous = (parts: AsynchronousParts): Asynchronous => {
  const { clock, functions, queues, track, bury } = parts;
  const settings = new Map<string, InvokeSettings>();
  const deadLetters = new Map<string, string>();
  let waiting: Waiting[] = [];

  const settingsOf = ({ run }: RegisteredFunction) => settings.get(run.definition.name) ?? defaultSettings;

  const giveUp = (item: Waiting, condition: FailedEvent['condition']): void => {
    const { target, event, requestId, last } = item;
    const { name, arn } = target.run.definition;
    const invokeCount = item.failures;
    const failed = { functionArn: arn, requestId, event, condition, invokeCount, ...(last ? { last } : {}) };
    const { onFailure } = settingsOf(target);
    const dead = deadLetters.get(name);
    bury(target, failed, { ...(onFailure ? { onFailure } : {}), ...(dead ? { deadLetters: dead } : {}) });
  };

  const again = (item: Waiting, afterMs: number): void => {
    item.dueAt = clock.now() + afterMs;
    waiting.push(item);
  };

  const isTooOld = ({ target, acceptedAt }: Waiting): boolean =>
    clock.now() - acceptedAt > settingsOf(target).ageSecondsMax * 1000;

  const attempt = async (item: Waiting): Promise<void> => {
    if (item.target.run.definition.reservedConcurrency === 0) return giveUp(item, 'ZeroReservedConcurrency');
    const result = await item.target.run.invoke(item.event, item.requestId);
    item.last = result;
    if (result.kind === 'answered') return;
    if (result.kind === 'throttled') {
      again(item, Math.min(1000 * 2 ** item.throttles, throttledAfterMsMax));
      item.throttles += 1;
      return;
    }
    item.failures += 1;
    if (item.failures > settingsOf(item.target).retries) return giveUp(item, 'RetriesExhausted');
    again(item, retryAfterMs[item.failures - 1] ?? 0);
  };

  const named = (name: string): string => {
    const found = functions.find(name);
    if (found) return found.run.definition.name;
    throw new TwinError(`There is no function ${name}.`, 'Correct the stack.');
  };

  return {
    accept: (target, event) => {
      const now = clock.now();
      const item = { target, event, requestId: randomUUID(), acceptedAt: now, failures: 0, throttles: 0, dueAt: now };
      track(attempt(item));
    },
    configure: (properties) => {
      settings.set(named(String(properties.FunctionName)), invokeSettings(properties, queues));
    },
    setDeadLetters: (functionName, targetArn) => {
      const arn = queueArn(`Function ${functionName}`, targetArn);
      deadLetters.set(functionName, queues.require(arn).arn);
    },
    tick: () => {
      const isDue = (item: Waiting) => item.dueAt <= clock.now();
      const due = waiting.filter(isDue);
      waiting = waiting.filter((item) => !isDue(item));
      for (const item of due) {
        if (isTooOld(item)) giveUp(item, 'EventAgeExceeded');
        else track(attempt(item));
      }
    },
  };
};
