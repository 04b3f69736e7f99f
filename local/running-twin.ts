import { administratorName } from './administrator.ts';
import type { BuildingSite, Outputs } from './build.ts';
import type { Journal } from './journal.ts';
import type { ServedApi } from './serve-apis.ts';
import type { InvokeResult, Twin } from './twin.ts';
import { TwinError } from './twin-error.ts';
import type { Credentials, LogLine, SdkCall } from './types.ts';

export interface Started {
  readonly building: BuildingSite;
  readonly apis: readonly ServedApi[];
  readonly outputs: Outputs;
  readonly callJournal: Journal<SdkCall>;
  readonly logs: Journal<LogLine>;
  readonly stop: () => Promise<void>;
}

const centurySeconds = 100 * 365 * 24 * 3600;

/** The handle of a started twin. */
export const runningTwin = ({ building, apis, outputs, callJournal, logs, stop }: Started): Twin => {
  const { account, region, clock, endpoint, messaging, watch, functions, addresses } = building;
  return {
    account,
    region,
    apiUrl: apis[0]?.url,
    apis,
    outputs: localizedOutputs(outputs, addresses.localized),
    endpointUrl: endpoint.url,
    endpoint,
    clock,
    messaging,
    faults: endpoint.faults,
    watch,
    calls: endpoint.calls,
    callJournal,
    logs,
    // A test that moves the clock by years must not lock the developer out.
    administrator: endpoint.credentials.issue({
      roleName: administratorName,
      sessionName: 'local',
      seconds: centurySeconds,
    }),
    inert: building.inert.map(({ type, stack, logicalId }) => `${type} ${stack}/${logicalId}`),
    functions: functions.all().map(({ run }) => run.definition.name),
    invoke: (nameOrLogicalId, event) => invoke(building, nameOrLogicalId, event),
    variablesOf: (nameOrLogicalId) => functionNamed(building, nameOrLogicalId).run.definition.variables,
    credentialsFor: (role, session) => credentialsFor(building, role, session),
    throttle: (on) => {
      for (const { throttle } of apis) throttle.switch(on);
    },
    forgetAuthorizations: () => {
      for (const { api } of apis) api.forgetAuthorizations();
    },
    stop,
  };
};

const localizedOutputs = (outputs: Outputs, localized: (text: string) => string): Outputs => {
  const local = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([name, value]) => [name, localized(value)]);
  return Object.fromEntries(
    Object.entries(outputs).map(([stack, values]) => [stack, Object.fromEntries(local(values))]),
  );
};

const functionNamed = ({ functions }: BuildingSite, nameOrLogicalId: string) => {
  const found = functions.find(nameOrLogicalId);
  if (found) return found;
  const names = functions.all().map(({ run }) => run.definition.name);
  throw new TwinError(`There is no function ${nameOrLogicalId}.`, `There are: ${names.join(', ')}.`);
};

const invoke = async (building: BuildingSite, nameOrLogicalId: string, event: unknown): Promise<InvokeResult> => {
  const { run } = functionNamed(building, nameOrLogicalId);
  const { kind, payload, logs } = await run.invoke(JSON.stringify(event ?? {}));
  return {
    payload: JSON.parse(payload),
    ...(kind === 'answered' ? {} : { functionError: 'Unhandled' }),
    logs: logs.map(({ message }) => message),
  };
};

const credentialsFor = (
  { roles, endpoint }: BuildingSite,
  role: string,
  { sessionName = 'twin', tags }: NonNullable<Parameters<Twin['credentialsFor']>[1]> = {},
): Credentials => {
  const roleName = roles.has(role) ? role : [...roles.keys()].find((name) => name.endsWith(`-${role}`));
  if (roleName === undefined) {
    throw new TwinError(`There is no role ${role}.`, `There are: ${[...roles.keys()].join(', ')}.`);
  }
  return endpoint.credentials.issue({ roleName, sessionName, ...(tags ? { tags } : {}) });
};
