import { operationsServedBy } from './contract.ts';
import { defineFunction, type FunctionSpec } from './kernel/define-function.ts';
import type { Access, TenantCollection } from './kernel/tables.ts';

const feature = (name: string, impact: string): FunctionSpec =>
  defineFunction({
    name,
    entry: `features/${name}/function.ts`,
    impact,
    entrance: { by: 'routes', routes: operationsServedBy(name) },
    timeoutSeconds: 15,
    memoryMb: 512,
  });

/**
 * Operators bring what a tenant has to the newest schema, and delete it when the tenant goes. A collection that is not
 * here does not compile: it would be left over.
 */
const operatorsTouch = {
  status: 'change',
  // Made and deleted, never opened.
  'data-keys': ['add', 'remove'],
  users: ['add', 'remove'],
  tokens: 'change',
  services: 'change',
  teams: 'change',
  repositories: 'remove',
  deploys: 'remove',
  idempotency: 'remove',
  // Added, never read: what it has not written it cannot put something over.
  audit: 'add',
} as const satisfies Readonly<Record<TenantCollection, Access | readonly Access[]>>;

/** Every Lambda function there is. */
export const functions: readonly FunctionSpec[] = [
  defineFunction({
    name: 'authorizer',
    entry: 'authorizer/function.ts',
    impact: 'Nobody can call the API.',
    entrance: { by: 'authorizer' },
    everyTenant: { tokens: ['read', 'stamp'], users: 'read', status: 'read' },
    timeoutSeconds: 5,
    memoryMb: 1024,
    reservedConcurrency: 100,
  }),
  feature('catalog', 'Customers cannot read or change services and teams.'),
  feature('tokens', 'Customers cannot issue, list or revoke API tokens.'),
  feature('tenant', 'Customers cannot see who they are signed in as.'),
  feature('audit', 'Customers cannot read their audit events.'),
  feature('reference', 'Customers cannot read the API reference.'),
  defineFunction({
    name: 'operators',
    entry: 'operators/function.ts',
    impact: 'Operators cannot onboard, suspend, resume or offboard tenants, nor revoke a token.',
    entrance: { by: 'operators' },
    touches: operatorsTouch,
    platform: { tenants: 'change' },
    timeoutSeconds: 30,
    memoryMb: 1024,
  }),
  defineFunction({
    name: 'exports',
    entry: 'exports/function.ts',
    impact: 'Operators cannot export what a tenant has, nor offboard it.',
    entrance: { by: 'operators' },
    touches: {
      services: 'read',
      teams: 'read',
      repositories: 'read',
      deploys: 'read',
      tokens: 'read',
      users: 'read',
      status: 'read',
      audit: 'read',
    },
    platform: { tenants: 'read' },
    timeoutSeconds: 15,
    memoryMb: 512,
  }),
  defineFunction({
    name: 'pager',
    entry: 'pager/function.ts',
    impact: 'Nobody is paged: alarms reach the e-mail subscription only.',
    entrance: { by: 'alarms' },
    platform: { incidents: ['read', 'add'] },
    timeoutSeconds: 60,
    memoryMb: 512,
    // A flood of requests leaves room to page about it.
    reservedConcurrency: 10,
  }),
  defineFunction({
    name: 'archive',
    entry: 'archive/function.ts',
    impact: 'Audit events are not copied to where nobody can change them.',
    entrance: { by: 'stream', of: 'audit' },
    platform: { archive: ['read', 'add'] },
    timeoutSeconds: 60,
    memoryMb: 512,
    // One at a time: the chain has one end.
    reservedConcurrency: 1,
  }),
];

export { type FunctionSpec, touchesOf } from './kernel/define-function.ts';
export { idLengths } from './kernel/id-kinds.ts';
export type { PagedDetection, PagerTable, Severity } from './kernel/paged-detection.ts';
export {
  type EventMetric,
  type EventName,
  metricNamespace,
  metricsOf,
  type ReportedEvent,
  type SecurityEvent,
  type SecurityMetric,
  securityMetrics,
} from './kernel/security-event.ts';
export { type Access, type Collection, type Table, type Touches, tableName, tableOf, tables } from './kernel/tables.ts';
export { archivePrefix } from './model/archive.ts';
