import type { Role } from '../../../local/aws/world.ts';
import { createFunctionRegistry } from '../../../local/lambda/function-registry.ts';
import type { Invocation } from '../../../local/lambda/lambda-function.ts';
import { createMessaging } from '../../../local/messaging/create-messaging.ts';
import type { Messaging } from '../../../local/messaging/messaging.ts';
import type { Statement } from '../../../local/types.ts';
import { account, type Local, region, startLocal } from './local-world.ts';

export const topicArn = (name: string): string => `arn:aws:sns:${region}:${account}:${name}`;
export const queueArn = (name: string): string => `arn:aws:sqs:${region}:${account}:${name}`;
export const functionArn = (name: string): string => `arn:aws:lambda:${region}:${account}:function:${name}`;
export const ruleArn = (name: string): string => `arn:aws:events:${region}:${account}:rule/${name}`;
export const alarmArn = (name: string): string => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;

export interface FakeFunction {
  /** What it was run with, oldest first. */
  readonly runs: { readonly event: unknown; readonly requestId: string | undefined }[];
  /** How its next runs end; answered when it runs out. */
  readonly ends: Invocation['kind'][];
  readonly permissions: Statement[];
}

export interface MessagingWorld extends Local {
  readonly messaging: Messaging;
  /** Lines for the operator. */
  readonly told: string[];
  /** `<name> <dimension>` → the values measured. */
  readonly measured: Map<string, number[]>;
  function(name: string, more?: { readonly roleName?: string; readonly reservedConcurrency?: number }): FakeFunction;
  /** Accepts an asynchronous event of the function, and waits for its first run. */
  accept(name: string, event: unknown): Promise<void>;
  /** Moves the clock, does what became due, and waits for it. */
  pass(ms: number): Promise<void>;
}

const payloads = {
  answered: '"fine"',
  failed: '{"errorType":"Error","errorMessage":"broken","trace":[]}',
  throttled: '{"message":"Rate Exceeded."}',
};

/** An endpoint with SNS, SQS and rules, and functions whose runs are scripted. */
export const startMessaging = async (roles: readonly Role[] = []): Promise<MessagingWorld> => {
  const local = await startLocal(roles);
  const functions = createFunctionRegistry();
  const told: string[] = [];
  const measured = new Map<string, number[]>();
  const messaging = createMessaging({
    world: local.world,
    endpoint: local.endpoint,
    functions,
    tell: (line) => void told.push(line),
    measured: ({ name, dimensions }, _, value) => {
      const key = `${name} ${Object.values(dimensions).join()}`;
      measured.set(key, [...(measured.get(key) ?? []), value]);
    },
  });
  return {
    ...local,
    messaging,
    told,
    measured,
    function: (name, { roleName = 'Function', ...more } = {}) => {
      const [runs, ends]: [FakeFunction['runs'], FakeFunction['ends']] = [[], []];
      functions.add({
        definition: {
          ...{
            name,
            arn: functionArn(name),
            origin: `stack/${name}`,
            directory: '',
            handler: '',
            runtime: 'nodejs24.x',
          },
          ...{ variables: {}, memoryMb: 128, timeoutSeconds: 3, roleName, logGroup: name, logFormat: 'JSON', ...more },
        },
        invoke: async (event, requestId = '') => {
          runs.push({ event: JSON.parse(event), requestId });
          const kind = ends.shift() ?? 'answered';
          return { kind, payload: payloads[kind], requestId, logs: [], ms: 0 };
        },
        replaceCode: () => {},
        stop: async () => {},
      });
      return { runs, ends, permissions: functions.find(name)?.permissions ?? [] };
    },
    accept: async (name, event) => {
      const target = functions.find(name);
      if (target) messaging.asynchronous.accept(target, JSON.stringify(event));
      await messaging.settled();
    },
    pass: async (ms) => {
      local.world.clock.advance(ms);
      messaging.tick();
      await messaging.settled();
    },
    close: async () => {
      messaging.stop();
      await local.close();
    },
  };
};

/** What AWS::Lambda::Permission writes. */
export const permission = (service: string, sourceArn: string): Statement => ({
  Effect: 'Allow',
  Principal: { Service: service },
  Action: 'lambda:InvokeFunction',
  Resource: '*',
  Condition: { ArnLike: { 'AWS:SourceArn': sourceArn } },
});
