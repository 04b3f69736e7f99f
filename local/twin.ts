import { removeAddressFile, writeAddressFile } from './address-file.ts';
import { administratorRole } from './administrator.ts';
import { startEndpoint } from './aws/endpoint.ts';
import type { Calls, Endpoint, Faults } from './aws/world.ts';
import { buildStacks, type Outputs, openBuilding } from './build.ts';
import { createClock } from './clock.ts';
import { openDataFolder } from './data-folder.ts';
import type { RequestSeen } from './gateway/rest-api.ts';
import { createJournal, type Journal } from './journal.ts';
import type { Messaging } from './messaging/messaging.ts';
import { runningTwin } from './running-twin.ts';
import { type ServedApi, serveApis } from './serve-apis.ts';
import { readAssembly } from './template/assembly.ts';
import { environmentOf } from './template/environment.ts';
import type { JsonObject } from './template/json.ts';
import type { Clock, Credentials, LogLine, SdkCall } from './types.ts';
import { actOnAlarms } from './watch/act-on-alarms.ts';
import { createWatch } from './watch/create-watch.ts';
import { keepEvaluating } from './watch/keep-evaluating.ts';
import type { Watch } from './watch/watch.ts';

export interface TwinOptions {
  /** The folder of a synthesized app, `cdk.out`, or what makes it once the data folder is this process's alone. */
  readonly assembly: string | (() => Promise<string>);
  /** Where tables and keys are kept between runs; nothing is kept when absent. */
  readonly data?: string;
  /** Port of the first REST API; 0, the default, takes a free one. */
  readonly port?: number;
  /** Empties the data folder first. */
  readonly fresh?: boolean;
  /** Addresses of what runs beside it, for whoever finds it by its address file. */
  readonly beside?: Readonly<Record<string, string>>;
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
  readonly outputs: Outputs;
  /** Address of the SDK endpoint: `AWS_ENDPOINT_URL`. */
  readonly endpointUrl: string;
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  readonly messaging: Messaging;
  readonly faults: Faults;
  readonly watch: Watch;
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
  /** The environment variables the template gives a function. Throws `TwinError` when there is none. */
  variablesOf(nameOrLogicalId: string): Readonly<Record<string, string>>;
  /** A session of a template's role, by name or logical id, past its trust policy. */
  credentialsFor(
    role: string,
    session?: { readonly tags?: Readonly<Record<string, string>>; readonly sessionName?: string },
  ): Credentials;
  throttle(on: boolean): void;
  /** A CloudTrail record of what only AWS or a person outside could cause; gives it as a trail kept it. */
  record(record: JsonObject): JsonObject | undefined;
  /** Runs another bundle in a function's place, the template's again when no folder is given. Throws `TwinError`. */
  replaceCode(nameOrLogicalId: string, directory?: string): void;
  forgetAuthorizations(): void;
  /** Adds the address of what began to run beside it to the address file. */
  announce(beside: Readonly<Record<string, string>>): void;
  /** Finishes acknowledged requests, at most for a second, then ends everything. */
  stop(): Promise<void>;
}

export interface InvokeResult {
  readonly payload: unknown;
  /** `Unhandled` when the function failed, as Lambda's header has it. */
  readonly functionError?: string;
  readonly logs: readonly string[];
}

/** How long stopping waits for requests under way. */
const graceMs = 1200;

/** Runs the stacks of a cloud assembly on this machine. Throws `TwinError`, and then leaves nothing running. */
export const startTwin = async (options: TwinOptions): Promise<Twin> => {
  const data = options.data === undefined ? undefined : openDataFolder(options.data, options.fresh ?? false);
  const cleanups: (() => unknown)[] = [() => data?.release()];
  const stop = async (): Promise<void> => {
    while (cleanups.length > 0) await cleanups.pop()?.();
  };
  const clock = createClock();
  const logs = createJournal<LogLine>();
  const callJournal = createJournal<SdkCall>();
  try {
    if (data) removeAddressFile(data);
    const assembly = typeof options.assembly === 'string' ? options.assembly : await options.assembly();
    const stacks = readAssembly(assembly);
    const environment = environmentOf(stacks, assembly);
    const watch = createWatch({ account: environment.account, region: environment.region, clock });
    const write = (line: LogLine): void => {
      logs.add(line);
      options.onLog?.(line);
      watch.logged(line);
    };
    const roles = new Map([administratorRole(environment.account)].map((role) => [role.name, role]));
    const endpoint = await startEndpoint({ ...environment, clock, roles, ...(data ? { dataDir: data.path } : {}) });
    cleanups.push(() => endpoint.close());
    endpoint.calls.subscribe(callJournal.add);
    const building = openBuilding({
      ...{ ...environment, clock, endpoint, roles, stacks, watch, write },
      ...(data ? { dataDir: data.path } : {}),
    });
    cleanups.push(() => Promise.all(building.functions.all().map(({ run }) => run.stop())));
    cleanups.push(() => building.messaging.stop());
    cleanups.push(() => building.streams.stop());
    actOnAlarms(watch, building.messaging);
    cleanups.push(() => Promise.all(building.servers.map((server) => server.stop(graceMs))));
    const outputs = await buildStacks(stacks, building);
    const { port = 0, onRequest = () => {} } = options;
    const apis = await serveApis(building, { port, write, onRequest });
    for (const api of apis) building.addresses.add(api, environment.region);
    cleanups.push(keepEvaluating(watch, building.messaging.tick));
    const twin = runningTwin({ building, apis, outputs, callJournal, logs, stop });
    if (data) {
      cleanups.push(() => removeAddressFile(data));
      writeAddressFile(data, twin, options.beside);
    }
    let { beside = {} } = options;
    const announce: Twin['announce'] = (more) => {
      beside = { ...beside, ...more };
      if (data) writeAddressFile(data, twin, beside);
    };
    return { ...twin, announce };
  } catch (error) {
    await stop();
    throw error;
  }
};
