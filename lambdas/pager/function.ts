import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Context } from 'aws-lambda';
import type { PagerTable } from '../kernel/paged-detection.ts';
import { tableName } from '../kernel/tables.ts';
import { watchAccess } from '../platform/access-watch.ts';
import { clock } from '../platform/clock.ts';
import { environment } from '../platform/environment.ts';
import { log } from '../platform/log.ts';
import { observed } from '../platform/observed.ts';
import { type Channels, parseChannels } from './channels.ts';
import { askContributors } from './contributors.ts';
import { incidentsIn } from './incidents.ts';
import { handleEvent, type PagerNeeds } from './pager.ts';

/** A service that hangs must leave time to page without it. */
const patience = { maxAttempts: 2, requestHandler: { requestTimeout: 2000, connectionTimeout: 1000 } };
const dynamoDb = watchAccess(new DynamoDBClient(patience));
const cloudWatch = watchAccess(new CloudWatchClient(patience));
const secrets = watchAccess(new SecretsManagerClient(patience));

/** Kept for the end of the invocation: releasing what was not told. */
const marginMs = 4000;

/** Written beside the bundle by lib/constructs/bundle.ts. */
const readTable = (): PagerTable => JSON.parse(readFileSync(join(__dirname, 'detections.json'), 'utf8'));
let table: PagerTable | undefined;

const readChannels = async (): Promise<Channels> => {
  const SecretId = `ringfence-${environment.stage()}-pager`;
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  return parseChannels(SecretString ?? '');
};

/** Without its table every detection would be unknown; it pages all the same, as critical. */
const tableOr = (stage: string): PagerTable => {
  try {
    table ??= readTable();
    return table;
  } catch (error) {
    log('error', 'no table of detections', { name: error instanceof Error ? error.name : 'Error' });
    return { stage, detections: [], groups: [] };
  }
};

/** Tells the on-call. A message that was not told to everybody fails the invocation, after all were tried. */
export const handler = observed(async (event: unknown, context: Context): Promise<void> => {
  const endsAt = performance.now() + context.getRemainingTimeInMillis() - marginMs;
  const stage = environment.stage();
  const needs: PagerNeeds = {
    table: tableOr(stage),
    region: environment.region(),
    incidents: incidentsIn(dynamoDb, tableName(stage, 'operations')),
    contributors: askContributors(cloudWatch),
    channels: readChannels,
    now: () => clock.now(),
    log,
    askMs: 5000,
    post: fetch,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
    leftMs: () => endsAt - performance.now(),
    attemptMs: 4000,
  };
  await handleEvent(needs, event, context.awsRequestId);
});
