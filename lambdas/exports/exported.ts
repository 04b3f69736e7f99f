import type { Item } from '../kernel/session.ts';
import type { TenantCollection } from '../kernel/tables.ts';
import { parseAuditItem } from '../model/audit-item.ts';
import { parseDeployItem } from '../model/deploy-item.ts';
import { parseRepositoryItem } from '../model/repository-item.ts';
import { parseServiceItem } from '../model/service-item.ts';
import { parseStatusItem } from '../model/status-item.ts';
import { parseTeamItem } from '../model/team-item.ts';
import { parseTokenItem, viewOf } from '../model/token-item.ts';
import { parseUserItem } from '../model/user-item.ts';

export interface Exported {
  /** Of the keys of the things themselves, without what points at them. */
  readonly prefix: string;
  /** A line of the file; undefined for what has expired. */
  readonly lineOf: (item: Item, nowMs: number) => unknown;
}

/** What of each collection goes to a tenant that asks for its data, or why nothing does. */
export const exported = {
  services: { prefix: 'svc_', lineOf: parseServiceItem },
  teams: { prefix: 'team_', lineOf: parseTeamItem },
  repositories: { prefix: 'repo_', lineOf: parseRepositoryItem },
  deploys: { prefix: 'svc_', lineOf: parseDeployItem },
  tokens: { prefix: 'tok_', lineOf: (item, nowMs) => viewOf(parseTokenItem(item), nowMs) },
  users: { prefix: 'usr_', lineOf: parseUserItem },
  status: { prefix: 'status', lineOf: parseStatusItem },
  audit: { prefix: '', lineOf: parseAuditItem },
  idempotency: 'Answers of the last 24 hours, kept for repeated requests: what they tell of is in the other files.',
  'data-keys': 'Wrapped by KMS for this deployment: they open nowhere else.',
} as const satisfies Readonly<Record<TenantCollection, Exported | string>>;

export type ExportedCollection = {
  [C in TenantCollection]: (typeof exported)[C] extends string ? never : C;
}[TenantCollection];

/** What is in no file, and why. */
export const leftOut: readonly { readonly what: string; readonly why: string }[] = [
  ...Object.entries(exported).flatMap(([what, why]) => (typeof why === 'string' ? [{ what, why }] : [])),
  { what: 'hashes of tokens', why: 'Of use only to whoever wants to guess the tokens.' },
  { what: 'operators in audit events', why: 'Which identity of the account acted stays with the operator.' },
  { what: 'index items', why: 'Aliases, pointers and counts of references: made anew from the things themselves.' },
];
