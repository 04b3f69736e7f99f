import { rmSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { callOperators } from '../call-operators.ts';
import { type Credentials, operatorsEndpoint } from '../operators-endpoint.ts';
import type { Control } from './control.ts';
import type { Ground, Inside, Tenant } from './ground.ts';
import { bundled } from './hostile-bundle.ts';
import { askFrom } from './loopback-fetch.ts';
import type { RunningTwin } from './twin-file.ts';

/** Never confirmed, so that each drill gets a new owner's token in the place of the last one's. */
const onboard = async (dataFolder: string, slug: string, name: string, now: () => Promise<number>): Promise<Tenant> => {
  const endpoint = await operatorsEndpoint(undefined, dataFolder);
  const created = await callOperators<{ registration: { tenant: string }; token: string }>(
    endpoint,
    { command: 'create', slug, name, ownerEmail: `owner@${slug}.example` },
    now,
  );
  return { id: created.registration.tenant, slug, token: created.token };
};

const insideOf = (twin: RunningTwin, control: Control): Inside => {
  const bundles = new Map<string, string>();
  // Clients sign with the time of this machine; the twin's may be another.
  const settings = async (credentials: Credentials) => ({
    endpoint: twin.endpoint,
    region: twin.region,
    credentials,
    systemClockOffset: (await control.now()) - Date.now(),
    maxAttempts: 1,
  });
  return {
    record: control.record,
    dynamoDb: async (role) =>
      new DynamoDBClient(
        await settings(role ? await control.session(role.name, { tenant: role.tenant }) : twin.credentials),
      ),
    lambda: async () => new LambdaClient(await settings(twin.credentials)),
    replaceCode: async (functionName, entry) => {
      const last = bundles.get(functionName);
      if (last) rmSync(last, { recursive: true, force: true });
      bundles.delete(functionName);
      if (entry === undefined) return control.restoreCode(functionName);
      const folder = await bundled(entry);
      bundles.set(functionName, folder);
      return control.replaceCode(functionName, folder);
    },
  };
};

/** The twin that "npm start" runs, with two tenants of the drill's own. */
export const twinGround = async (twin: RunningTwin, control: Control, dataFolder: string): Promise<Ground> => ({
  stage: 'local',
  account: twin.account,
  region: twin.region,
  ask: (method, path, asked = {}) => askFrom(twin.apiUrl, method, path, asked),
  tenant: await onboard(dataFolder, 'drill', 'Drill', control.now),
  other: await onboard(dataFolder, 'drill-other', 'Drill other', control.now),
  inside: insideOf(twin, control),
  now: control.now,
});
