import { existsSync, readdirSync } from 'node:fs';
import { administratorName } from './administrator.ts';
import type { BuildingSite, Outputs } from './build.ts';
import { roleIdOf } from './iam/principal-context.ts';
import type { Journal } from './journal.ts';
import type { ServedApi } from './serve-apis.ts';
import type { JsonObject } from './template/json.ts';
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
export const runningTwin = (started: Started): Omit<Twin, 'announce'> => {
  const { building, apis, outputs, callJournal, logs, stop } = started;
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
    record: building.trail.happened,
    replaceCode: (nameOrLogicalId, directory) => replaceCode(building, nameOrLogicalId, directory),
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

/** What UpdateFunctionCode does, and the record that it leaves. */
const replaceCode = (building: BuildingSite, nameOrLogicalId: string, directory: string | undefined): void => {
  const { run } = functionNamed(building, nameOrLogicalId);
  const { name, arn, handler } = run.definition;
  const file = `${handler.slice(0, handler.lastIndexOf('.'))}.`;
  const there = directory === undefined || !existsSync(directory) ? [] : readdirSync(directory);
  if (directory !== undefined && !there.some((each) => each.startsWith(file)))
    throw new TwinError(`${directory} has no bundle with the handler ${handler}.`, 'Give a folder with one.');
  run.replaceCode(directory);
  building.trail.happened(codeReplaced(building, name, arn));
};

/** Source: https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html */
const codeReplaced = ({ account, roles }: BuildingSite, name: string, arn: string): JsonObject => {
  const role = roles.get(administratorName);
  return {
    eventSource: 'lambda.amazonaws.com',
    eventName: 'UpdateFunctionCode20150331v2',
    sourceIPAddress: '127.0.0.1',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `${roleIdOf(role?.arn ?? '')}:local`,
      arn: `arn:aws:sts::${account}:assumed-role/${administratorName}/local`,
      accountId: account,
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: role?.arn ?? '', accountId: account, userName: administratorName },
        attributes: { mfaAuthenticated: 'false' },
      },
    },
    requestParameters: { functionName: name, publish: false, dryRun: false },
    responseElements: { functionName: name, functionArn: arn },
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
