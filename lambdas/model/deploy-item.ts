import * as z from 'zod';
import type { Item } from '../kernel/session.ts';
import { Deploy } from './deploy.ts';

const schema = 1;
const StoredDeploy = z.object({ ...Deploy.shape, schema: z.literal(schema), expiresAt: z.number() });
const LastDeploys = z.object({ deploys: z.array(Deploy), version: z.int() });

/** How long deploys are kept after they happened. */
export const keptDays = 400;
const endMs = ({ at }: Pick<Deploy, 'at'>): number => Date.parse(at) + keptDays * 86_400_000;

/** Whether a deploy is still kept: TTL deletes late, and the last deploys of a service stand together. */
export const isKept = (deploy: Pick<Deploy, 'at'>, nowMs: number): boolean => endMs(deploy) > nowMs;
const expiresAt = (deploy: Deploy): number => Math.floor(endMs(deploy) / 1000);

/** By time, so that the newest of a service are the last. */
export const deployKey = ({ service, at, id }: Deploy): string => `${service}#${at}#${id}`;
export const deploysPrefix = (service: string): string => `${service}#`;

export const deployItem = (deploy: Deploy): Item => ({
  ...deploy,
  schema,
  expiresAt: expiresAt(deploy),
});

/** Undefined for one that has expired and only waits for TTL. */
export const parseDeployItem = (item: Item, nowMs: number): Deploy | undefined => {
  const { schema: _, expiresAt: _expiresAt, ...deploy } = StoredDeploy.parse(item);
  return isKept(deploy, nowMs) ? deploy : undefined;
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

/** Gone with the newest of them, since all that is in it is also in the list. */
export const lastDeploysItem = ({ deploys, version }: LastDeploys, deploy: Deploy): Item => {
  const last = [deploy, ...deploys].sort(isNewer).slice(0, lastMost);
  return { schema: 1, deploys: last, version: version + 1, expiresAt: Math.max(...last.map(expiresAt)) };
};
