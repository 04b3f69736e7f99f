import { createCloudWatch } from './aws/cloudwatch/cloudwatch.ts';
import { createLambda } from './aws/lambda/lambda.ts';
import type { Endpoint, Role } from './aws/world.ts';
import type { createClock } from './clock.ts';
import { createFunctionRegistry } from './lambda/function-registry.ts';
import { createLocalAddresses, type LocalAddresses } from './local-addresses.ts';
import { createMessaging } from './messaging/create-messaging.ts';
import type { Building } from './resources/building.ts';
import { make } from './resources/index.ts';
import { createStreams } from './streams/create-streams.ts';
import type { StackArtifact } from './template/assembly.ts';
import { createStack } from './template/create-stack.ts';
import type { Environment } from './template/environment.ts';
import type { Json } from './template/json.ts';
import { createTrail } from './trail/create-trail.ts';
import type { LogLine } from './types.ts';
import type { Watch } from './watch/watch.ts';

export interface Site extends Environment {
  readonly clock: ReturnType<typeof createClock>;
  readonly endpoint: Endpoint;
  readonly roles: Map<string, Role>;
  readonly stacks: readonly StackArtifact[];
  readonly watch: Watch;
  /** Kept between runs, when there is one. */
  readonly dataDir?: string;
  readonly write: (line: LogLine) => void;
}

/** Where stacks are built, and how addresses become local. */
export interface BuildingSite extends Building {
  readonly addresses: LocalAddresses;
}

/** stack → output → value */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Session length of a function's credentials: within a clock jump of a day they are renewed with the environment. */
const functionSessionSeconds = 12 * 3600;

export const openBuilding = ({ stacks, write, ...site }: Site): BuildingSite => {
  const addresses = createLocalAddresses();
  const { region, clock, endpoint, watch } = site;
  const functions = createFunctionRegistry();
  const messaging = createMessaging({ world: site, endpoint, functions, measured: watch.measured });
  endpoint.addService(createCloudWatch({ world: site, watch }));
  addresses.addHost(`https://sqs.${region}.amazonaws.com`, endpoint.url);
  endpoint.addService(createLambda({ world: site, functions, accept: messaging.asynchronous.accept }));
  const assets = new Map(stacks.map((stack) => [stack.name, stack.assets]));
  return {
    ...site,
    addresses,
    host: {
      region,
      clock,
      endpointUrl: endpoint.url,
      write,
      measured: watch.measured,
      localized: addresses.localized,
      issue: (roleName, sessionName) =>
        endpoint.credentials.issue({ roleName, sessionName, seconds: functionSessionSeconds }),
    },
    managedPolicies: new Map(),
    functions,
    messaging,
    streams: createStreams({ world: site, endpoint, functions, queues: messaging.queues, measured: watch.measured }),
    trail: createTrail({ world: site, endpoint, write, putEvent: messaging.putEvent }),
    logGroups: new Map(),
    apis: new Map(),
    servers: [],
    inert: [],
    asset: (stack, objectKey) => assets.get(stack)?.get(objectKey),
  };
};

/** Makes every stack, in order, and gives their outputs as AWS would. */
export const buildStacks = async (stacks: readonly StackArtifact[], building: Building): Promise<Outputs> => {
  const exported = new Map<string, Json>();
  const { account, region } = building;
  const outputs: Record<string, Readonly<Record<string, string>>> = {};
  for (const stack of stacks) {
    const run = { account, region, exported, make: (resource: Parameters<typeof make>[0]) => make(resource, building) };
    outputs[stack.name] = await createStack(stack, run);
  }
  return outputs;
};
