import { administratorRole } from './administrator.ts';
import { startEndpoint } from './aws/endpoint.ts';
import type { Calls, Endpoint, Faults, Role } from './aws/world.ts';
import { createClock } from './clock.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import type { RequestSeen } from './gateway/rest-api.ts';
import { createJournal, type Journal } from './journal.ts';
import { createFunctionRegistry } from './lambda/function-registry.ts';
import type { Building } from './resources/building.ts';
import { make } from './resources/index.ts';
import { type ServedApi, serveApis } from './serve-apis.ts';
import { readAssembly, type StackArtifact } from './template/assembly.ts';
import { createStack } from './template/create-stack.ts';
import type { Json } from './template/json.ts';
import { TwinError } from './twin-error.ts';
import type { Clock, Credentials, LogLine, SdkCall } from './types.ts';

export interface TwinOptions {
  /** The folder of a synthesized app: `cdk.out`. */
  readonly assembly: string;
  /** Where tables and keys are kept between runs; nothing is kept when absent. */
  readonly data?: string;
  /** Port of the first REST API; 0, the default, takes a free one. */
  readonly port?: number;
  /** Empties the data folder first. */
  readonly fresh?: boolean;
  readonly onRequest?: (seen: RequestSeen) => void;
  readonly onLog?: (line: LogLine) => void;
}

export interface Twin {
  readonly account: string;
  readonly region: string;
  /** Of the first REST API, without a slash at the end. */
  readonly apiUrl: string | undefined;
  readonly apis: readonly ServedApi[];
  /** stack → output → value; addresses are local ones. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Address of the SDK endpoint: `AWS_ENDPOINT_URL`. */
  readonly endpointUrl: string;
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly calls: Calls;
  readonly callJournal: Journal<SdkCall>;
  readonly logs: Journal<LogLine>;
  /** Credentials of the role LocalAdministrator. */
  readonly administrator: Credentials;
  /** `<type> <stack>/<logical id>` of what was accepted and does nothing here. */
  readonly inert: readonly string[];
  readonly functions: readonly string[];
  /** Runs a function by name, ARN or logical id, past all authorization. Throws `TwinError` when there is none. */
  invoke(nameOrLogicalId: string, event: unknown): Promise<InvokeResult>;
  /** A session of a template's role, by name or logical id, past its trust policy. */
  credentialsFor(
    role: string,
    session?: { readonly tags?: Readonly<Record<string, string>>; readonly sessionName?: string },
  ): Credentials;
  throttle(on: boolean): void;
  forgetAuthorizations(): void;
  /** Finishes acknowledged requests, at most for a second, then ends everything. */
  stop(): Promise<void>;
}

export interface InvokeResult {
  readonly payload: unknown;
  /** `Unhandled` when the function failed, as Lambda's header has it. */
  readonly functionError?: string;
  readonly logs: readonly string[];
}

const graceMs = 1200;
const yearSeconds = 365 * 24 * 3600;

/** Runs the stacks of a cloud assembly on this machine. Throws `TwinError`, and then leaves nothing running. */
export const startTwin = async (options: TwinOptions): Promise<Twin> => {
  const stacks = readAssembly(options.assembly);
  const { account, region } = environmentOf(stacks, options.assembly);
  const data = options.data === undefined ? undefined : openDataFolder(options.data, options.fresh ?? false);
  const clock = createClock();
  const logs = createJournal<LogLine>();
  const callJournal = createJournal<SdkCall>();
  const administrator = administratorRole(account);
  const roles = new Map<string, Role>([[administrator.name, administrator]]);
  const cleanups: (() => unknown)[] = [() => data?.release()];
  const stop = async (): Promise<void> => {
    while (cleanups.length > 0) await cleanups.pop()?.();
  };
  try {
    const endpoint = await startEndpoint({ account, region, clock, roles, ...(data ? { dataDir: data.path } : {}) });
    cleanups.push(() => endpoint.close());
    endpoint.calls.subscribe(callJournal.add);
    const write = (line: LogLine): void => {
      logs.add(line);
      options.onLog?.(line);
    };
    const building = startBuilding({ account, region, clock, endpoint, roles, stacks, write });
    cleanups.push(() => Promise.all(building.functions.all().map(({ run }) => run.stop())));
    cleanups.push(() => Promise.all(building.servers.map((server) => server.stop(graceMs))));
    const outputs = await createStacks(stacks, building);
    const apis = await serveApis(building, {
      port: options.port ?? 0,
      write,
      onRequest: options.onRequest ?? (() => {}),
    });
    building.addresses.push(...apis.map((api) => addressOf(api, region)));
    const twin = twinOf({ building, apis, outputs, callJournal, logs, stop });
    if (data) {
      cleanups.push(() => data.remove(addressFile));
      writeAddresses(data, twin);
    }
    return twin;
  } catch (error) {
    await stop();
    throw error;
  }
};

type Address = readonly [onAws: string, here: string];

/** What AWS would call the stage of an API, and what it is here. */
const addressOf = ({ id, stage, url }: ServedApi, region: string): Address => [
  `https://${id}.execute-api.${region}.amazonaws.com/${stage}`,
  url,
];

interface Foundation extends Pick<Building, 'account' | 'region' | 'endpoint' | 'roles'> {
  readonly clock: ReturnType<typeof createClock>;
  readonly stacks: readonly StackArtifact[];
  readonly write: (line: LogLine) => void;
}

const startBuilding = ({ stacks, write, ...foundation }: Foundation): Building & { readonly addresses: Address[] } => {
  const addresses: Address[] = [];
  const { region, clock, endpoint } = foundation;
  const assets = new Map(stacks.map((stack) => [stack.name, stack.assets]));
  return {
    ...foundation,
    addresses,
    host: {
      region,
      clock,
      endpointUrl: endpoint.url,
      write,
      localized: (text) => localized(text, addresses),
      issue: (roleName, functionName) =>
        endpoint.credentials.issue({ roleName, sessionName: functionName, seconds: 12 * 3600 }),
    },
    managedPolicies: new Map(),
    functions: createFunctionRegistry(),
    logGroups: new Map(),
    apis: new Map(),
    servers: [],
    inert: [],
    asset: (stack, objectKey) => assets.get(stack)?.get(objectKey),
  };
};

const localized = (text: string, addresses: readonly Address[]): string =>
  addresses.reduce((local, [onAws, here]) => local.replaceAll(onAws, here), text);

type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

const createStacks = async (stacks: readonly StackArtifact[], building: Building): Promise<Outputs> => {
  const exported = new Map<string, Json>();
  const { account, region } = building;
  const outputs: Record<string, Readonly<Record<string, string>>> = {};
  for (const stack of stacks) {
    outputs[stack.name] = await createStack(stack, {
      account,
      region,
      exported,
      make: (resource) => make(resource, building),
    });
  }
  return outputs;
};

interface Started {
  readonly building: Building & { readonly addresses: readonly Address[] };
  readonly apis: readonly ServedApi[];
  readonly outputs: Outputs;
  readonly callJournal: Journal<SdkCall>;
  readonly logs: Journal<LogLine>;
  readonly stop: () => Promise<void>;
}

const twinOf = ({ building, apis, outputs, callJournal, logs, stop }: Started): Twin => {
  const { account, region, clock, endpoint, functions, roles, addresses } = building;
  const local = Object.entries(outputs).map(([stack, values]) => [
    stack,
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, localized(value, addresses)])),
  ]);
  return {
    account,
    region,
    apiUrl: apis[0]?.url,
    apis,
    outputs: Object.fromEntries(local),
    endpointUrl: endpoint.url,
    endpoint,
    clock,
    faults: endpoint.faults,
    calls: endpoint.calls,
    callJournal,
    logs,
    administrator: endpoint.credentials.issue({
      roleName: 'LocalAdministrator',
      sessionName: 'local',
      seconds: 100 * yearSeconds,
    }),
    inert: building.inert.map(({ type, stack, logicalId }) => `${type} ${stack}/${logicalId}`),
    functions: functions.all().map(({ run }) => run.definition.name),
    invoke: async (nameOrLogicalId, event) => {
      const found = functions.find(nameOrLogicalId);
      if (!found)
        throw new TwinError(`There is no function ${nameOrLogicalId}.`, `There are: ${functionNames(building)}.`);
      const { kind, payload, logs: lines } = await found.run.invoke(JSON.stringify(event ?? {}));
      const messages = lines.map(({ message }) => message);
      return {
        payload: JSON.parse(payload),
        ...(kind === 'answered' ? {} : { functionError: 'Unhandled' }),
        logs: messages,
      };
    },
    credentialsFor: (role, session = {}) => {
      const roleName = roles.has(role) ? role : [...roles.keys()].find((name) => name.endsWith(`-${role}`));
      if (roleName === undefined)
        throw new TwinError(`There is no role ${role}.`, `There are: ${[...roles.keys()].join(', ')}.`);
      return endpoint.credentials.issue({
        roleName,
        sessionName: session.sessionName ?? 'twin',
        ...(session.tags ? { tags: session.tags } : {}),
      });
    },
    throttle: (on) => {
      for (const { throttle } of apis) throttle.switch(on);
    },
    forgetAuthorizations: () => {
      for (const { api } of apis) api.forgetAuthorizations();
    },
    stop,
  };
};

const functionNames = ({ functions }: Building): string =>
  functions
    .all()
    .map(({ run }) => run.definition.name)
    .join(', ');

/** One account and one region: the one SDK endpoint stands in both. */
const environmentOf = (
  stacks: readonly StackArtifact[],
  assembly: string,
): { readonly account: string; readonly region: string } => {
  if (stacks.length === 0) throw new TwinError(`${assembly} has no stacks.`, 'Name the folder of a synthesized app.');
  const regions = new Set(stacks.map((stack) => stack.region ?? 'us-east-1'));
  const accounts = new Set(stacks.map((stack) => stack.account ?? '000000000000'));
  const [region = '', account = ''] = [[...regions][0], [...accounts][0]];
  if (regions.size === 1 && accounts.size === 1) return { account, region };
  throw new TwinError(
    `${assembly} has stacks in ${[...accounts].join(', ')} and ${[...regions].join(', ')}.`,
    'Give all stacks of the local stage one account and one region.',
  );
};

/** Where a command line finds the running twin, and with which credentials. */
const addressFile = 'twin.json';

const writeAddresses = (data: DataFolder, twin: Twin): void => {
  const { account, region, apiUrl, outputs, endpointUrl, administrator } = twin;
  data.write(
    addressFile,
    JSON.stringify(
      { pid: process.pid, apiUrl, endpoint: endpointUrl, region, account, outputs, credentials: administrator },
      null,
      2,
    ),
  );
};
