import { setTimeout as wait } from 'node:timers/promises';
import { createGate } from '../aws/authorization.ts';
import { AwsError } from '../aws/aws-error.ts';
import { queueKeyQuestions, queueQuestion } from '../aws/sqs/queue-questions.ts';
import type { Queues } from '../aws/sqs/queues.ts';
import type { Created, Endpoint, Properties, World } from '../aws/world.ts';
import { roleSession } from '../iam/role-session.ts';
import type { FunctionRegistry, RegisteredFunction } from '../lambda/function-registry.ts';
import type { Measured } from '../messaging/messaging.ts';
import { createPermit } from '../messaging/permit.ts';
import { TwinError } from '../twin-error.ts';
import type { Principal } from '../types.ts';
import { type GivenUp, givenUpMessage } from './given-up.ts';
import { createMapping, type Mapping } from './mapping.ts';
import { type MappingSettings, mappingSettings } from './mapping-settings.ts';
import { createPositions } from './positions.ts';
import { createStreamReader } from './stream-reader.ts';

export interface StreamsOptions {
  readonly world: World;
  readonly endpoint: Endpoint;
  readonly functions: FunctionRegistry;
  readonly queues: Queues;
  readonly measured?: Measured;
  /** One line for what was refused or given up; standard error when absent. */
  readonly tell?: (line: string) => void;
}

/** Lambda's event source mappings over the streams of tables. */
export interface Streams {
  /** AWS::Lambda::EventSourceMapping. Ref and attribute Id are its id. */
  add(properties: Properties): Created;
  /** Does what is due by the clock; runs by itself every few hundred milliseconds. */
  tick(): Promise<void>;
  stop(): Promise<void>;
}

interface Reading {
  readonly mapping: Mapping;
  lastFailure?: string | undefined;
}

const tickEveryMs = 250;
/** How long stopping waits for a function. */
const graceMs = 1000;

export const createStreams = (options: StreamsOptions): Streams => {
  const { world, endpoint, functions, queues, measured = () => {}, tell = console.error } = options;
  const permit = createPermit(world, endpoint.calls, tell);
  const positions = createPositions(world.dataDir);
  const mappings: Reading[] = [];
  let ticking: Promise<unknown> = Promise.resolve();
  let stopped = false;

  /** Once, however often it is tried again. */
  const tellFailure = (reading: Reading, error: unknown): void => {
    const failure = `Reading a stream failed: ${error}`;
    if (failure !== reading.lastFailure && !stopped) tell(failure);
    reading.lastFailure = failure;
  };

  /** Read anew each time: a policy that was taken away is taken away at once. */
  const roleOf = ({ run }: RegisteredFunction): Principal => {
    const { roleName, name } = run.definition;
    const role = world.roles.get(roleName);
    if (!role)
      throw new TwinError(`Function ${name} has the role ${roleName}, which no stack has.`, 'Correct the stack.');
    return roleSession(role, world.account, name);
  };

  /** May the function's role read the stream, and use the key of its table. Only a refusal is told and recorded. */
  const readerOf = (target: RegisteredFunction, { streamArn, functionName }: MappingSettings) => {
    let wasRefused = false;
    return (): boolean => {
      const principal = roleOf(target);
      const record = { operation: 'GetRecords', principal: functionName, allowed: false, reason: '' };
      try {
        const gate = createGate(world, principal, record);
        for (const question of endpoint.streamQuestions(streamArn)) gate(question);
        wasRefused = false;
        return true;
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        const call = { ...record, at: world.clock.now(), service: 'dynamodb', allowed: false };
        if (!wasRefused) {
          endpoint.calls.record({ ...call, reason: record.reason || error.message });
          tell(`${functionName} gets no records of ${streamArn}: ${record.reason || error.message}`);
        }
        wasRefused = true;
        return false;
      }
    };
  };

  const giveUp = (target: RegisteredFunction, { onFailure }: MappingSettings, given: GivenUp): void => {
    const { name } = target.run.definition;
    tell(`${name} failed ${given.records.length} records of its stream for good (${given.condition}).`);
    if (onFailure === undefined) return;
    const queue = queues.require(onFailure);
    const principal = roleOf(target);
    const keys = { world, keys: endpoint.keys };
    const questions = () => [queueQuestion('SendMessage', queue), ...queueKeyQuestions('SendMessage', queue, keys)];
    if (!permit({ principal, service: 'sqs', operation: 'SendMessage', questions })) return;
    const body = givenUpMessage(given, world.clock.now());
    queues.send(queue, { body, attributes: {}, sender: principal.kind === 'session' ? principal.arn : '' });
  };

  const tick = async (): Promise<void> => {
    await Promise.all(
      mappings.map(async (reading) => {
        try {
          await reading.mapping.tick();
          reading.lastFailure = undefined;
        } catch (error) {
          tellFailure(reading, error);
        }
      }),
    );
  };
  const timer = setInterval(() => {
    ticking = tick();
  }, tickEveryMs).unref();

  return {
    tick,
    add: (properties) => {
      const settings = mappingSettings(properties);
      const target = functions.find(settings.functionName);
      if (!target) throw new TwinError(`There is no function ${settings.functionName}.`, 'Correct the stack.');
      if (settings.onFailure !== undefined) queues.require(settings.onFailure);
      const { name } = target.run.definition;
      const id = `${name} ${settings.streamArn}`;
      if (properties.Enabled !== false && properties.Enabled !== 'false')
        mappings.push({
          mapping: createMapping({
            settings,
            run: target.run,
            reader: createStreamReader(settings.streamArn, endpoint, world),
            clock: world.clock,
            position: { get: () => positions.get(id), set: (sequence) => positions.set(id, sequence) },
            mayRead: readerOf(target, settings),
            giveUp: (given) => giveUp(target, settings, given),
            measureAge: (ms) => {
              const dimensions = { FunctionName: name };
              measured({ namespace: 'AWS/Lambda', name: 'IteratorAge', dimensions }, world.clock.now(), ms);
            },
          }),
        });
      return { ref: id, attributes: { Id: id } };
    },
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      // What a function did not finish comes again after the next start.
      await Promise.race([ticking, wait(graceMs, undefined, { ref: false })]);
    },
  };
};
