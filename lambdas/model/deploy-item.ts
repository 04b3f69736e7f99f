import * as z from 'zod';
import type { Item } from '../kernel/session.ts';
import { Deploy } from './deploy.ts';

const schema = 1;
const StoredDeploy = z.object({ ...Deploy.shape, schema: z.literal(schema), expiresAt: z.number() });
const LastDeploys = z.object({ deploys: z.array(Deploy), version: z.int() });

/** How long deploys are kept after they happened. */
const keptDays = 400;

/** By time, so that the newest of a service are the last. */
export const deployKey = ({ service, at, id }: Deploy): string => `${service}#${at}#${id}`;
export const deploysPrefix = (service: string): string => `${service}#`;

export const deployItem = (deploy: Deploy): Item => ({
  ...deploy,
  schema,
  expiresAt: Math.floor(Date.parse(deploy.at) / 1000) + keptDays * 86_400,
});

/** Undefined for one that has expired and only waits for TTL. */
export const parseDeployItem = (item: Item, nowMs: number): Deploy | undefined => {
  const { schema: _, expiresAt, ...deploy } = StoredDeploy.parse(item);
  return expiresAt * 1000 > nowMs ? deploy : undefined;
};

const lastMost = 10;

/** The last deploys of a service, together, so that they are read with it in one call. */
export const lastDeploysKey = (service: string): string => `last#${service}`;

export interface LastDeploys {
  readonly deploys: readonly Deploy[];
  /** 0 when there is no item yet. */
  readonly version: number;
}
export const parseLastDeploys = (item: Item | undefined): LastDeploys =>
  item ? LastDeploys.parse(item) : { deploys: [], version: 0 };

/** Longer than any request takes that read before. */
const emptyKeptSeconds = 3600;

/** In the place of the last deploys of a service that goes without any: until TTL takes it, none can come there. */
export const noLastDeploys = (nowMs: number): Item => ({
  schema: 1,
  deploys: [],
  version: 1,
  expiresAt: Math.floor(nowMs / 1000) + emptyKeptSeconds,
});

const isNewer = (a: Deploy, b: Deploy): number => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1);

export const lastDeploysItem = ({ deploys, version }: LastDeploys, deploy: Deploy): Item => ({
  schema: 1,
  deploys: [deploy, ...deploys].sort(isNewer).slice(0, lastMost),
  version: version + 1,
});
