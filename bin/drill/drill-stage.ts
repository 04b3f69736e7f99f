import { setTimeout as wait } from 'node:timers/promises';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CommandError } from '../command-error.ts';
import { findDeployment } from '../operators-endpoint.ts';
import { stageNamed } from '../stage-named.ts';
import type { Attack } from './attack.ts';
import type { Answer, Ground } from './ground.ts';
import { detectionNamed } from './judge-page.ts';

const onlyInTwin = (): never => {
  throw new CommandError('Nobody plays an insider on a deployed stage.');
};

const ownTenant = async (ask: Ground['ask']): Promise<Ground['tenant']> => {
  const token = process.env.RINGFENCE_TOKEN;
  if (!token)
    throw new CommandError(
      'Set RINGFENCE_TOKEN to the owner’s token of a tenant made for drills: its tokens are played with.',
    );
  const { status, body } = await ask('GET', '/v1/me', { token });
  if (status !== 200) throw new CommandError(`RINGFENCE_TOKEN was answered ${status}. Give a token that stands.`);
  return { id: String(body.tenant), slug: 'drill', token };
};

const groundOf = async (stageName: string): Promise<Ground> => {
  const { account, region } = stageNamed(stageName);
  const { apiUrl } = await findDeployment(stageName, '');
  const ask: Ground['ask'] = async (method, path, { token, body } = {}): Promise<Answer> => {
    const response = await fetch(new URL(path, `${apiUrl}/`), {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json().catch(() => ({}))) as Answer['body'] };
  };
  const tenant = await ownTenant(ask);
  const inside = { record: onlyInTwin, dynamoDb: onlyInTwin, lambda: onlyInTwin, replaceCode: onlyInTwin };
  return { stage: stageName, account, region, ask, tenant, other: tenant, inside, now: async () => Date.now() };
};

const minutesMax = 15;

/** Waits until the alarm has gone off. Gives the seconds that took; undefined when it never did. */
const fired = async (client: CloudWatchClient, alarm: string, began: number): Promise<number | undefined> => {
  for (let turn = 0; turn < minutesMax * 6; turn += 1) {
    const { MetricAlarms = [], CompositeAlarms = [] } = await client.send(
      new DescribeAlarmsCommand({ AlarmNames: [alarm] }),
    );
    const state = [...MetricAlarms, ...CompositeAlarms][0];
    if (state?.StateValue === 'ALARM' && (state.StateUpdatedTimestamp?.getTime() ?? 0) >= began)
      return ((state.StateUpdatedTimestamp?.getTime() ?? began) - began) / 1000;
    await wait(10_000);
  }
  return undefined;
};

/**
 * Plays, on a deployed stage, the attacks that come through its public door, and waits for their alarms. That a person
 * was paged is for the person to say. Resolves to the exit code.
 */
export const drillStage = async (
  stageName: string,
  attacks: readonly Attack[],
  say: (text: string) => void,
): Promise<number> => {
  const ground = await groundOf(stageName);
  const client = new CloudWatchClient({ region: ground.region });
  let silent = 0;
  for (const attack of attacks) {
    if (attack.needs === 'twin') {
      say(`– ${attack.name}: not played; it takes an insider, whom only the twin has`);
      continue;
    }
    const began = Date.now();
    say(
      `  ${attack.name}: ${attack.story}\n    ${await attack.play(ground)}; waiting up to ${minutesMax} minutes for the alarm …`,
    );
    const { name, severity } = detectionNamed(attack.detection);
    const seconds = await fired(client, `ringfence-${stageName}-${name}`, began);
    if (seconds === undefined) silent += 1;
    say(
      seconds === undefined
        ? `✗ ${name} did not go off`
        : `✓ ${name} (${severity}) went off after ${seconds.toFixed(0)} s. Was somebody paged? Close the incident, and say so in it.`,
    );
  }
  return silent === 0 ? 0 : 1;
};
