import { type Table, tables } from '../../lambdas/functions.ts';
import { logsKeyPolicy } from '../../lib/key-policies/logs-key.ts';
import { pagingKeyPolicy } from '../../lib/key-policies/paging-key.ts';
import { sealingKeyPolicy } from '../../lib/key-policies/sealing-key.ts';
import { signingKeyPolicy } from '../../lib/key-policies/signing-key.ts';
import { tableKeyPolicy } from '../../lib/key-policies/table-key.ts';
import { trailKeyPolicy } from '../../lib/key-policies/trail-key.ts';
import type { Stage } from '../../lib/stage.ts';
import type { Statement } from '../../lib/statement.ts';

export const tableKeys = Object.keys(tables) as readonly Table[];
export const encryptingKeys: readonly string[] = [...tableKeys, 'sealing', 'logs', 'paging', 'trail'];
export const allKeys: readonly string[] = [...encryptingKeys, 'signing'];

export const aliasOf = ({ name }: Stage, key: string): string => `alias/ringfence-${name}-${key}`;

/** The policy that this checkout gives a key. */
export const policyOf = (stage: Stage, key: string): readonly Statement[] => {
  if (key === 'sealing') return sealingKeyPolicy(stage);
  if (key === 'signing') return signingKeyPolicy(stage);
  if (key === 'logs') return logsKeyPolicy(stage);
  if (key === 'paging') return pagingKeyPolicy(stage);
  if (key === 'trail') return trailKeyPolicy(stage);
  return tableKeyPolicy(stage, key as Table);
};

/** A policy with its meaning kept and its spelling gone: one value or a list of one, and the order of names. */
export const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    const parts = value.map(canonical).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return parts.length === 1 ? parts[0] : parts;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, canonical(inner)]));
};

/** Whether a deployed key policy is, in meaning, the one of this checkout. */
export const isPolicyOf = (stage: Stage, key: string, document: string): boolean => {
  const deployed: { readonly Statement?: unknown } = JSON.parse(document);
  return JSON.stringify(canonical(deployed.Statement)) === JSON.stringify(canonical(policyOf(stage, key)));
};
