import * as audit from './features/audit/routes.ts';
import * as catalog from './features/catalog/routes.ts';
import * as reference from './features/reference/routes.ts';
import * as tenant from './features/tenant/routes.ts';
import * as tokens from './features/tokens/routes.ts';
import { type Operation, operationsOf } from './kernel/define-route.ts';

/** Everything the API answers. Gateway, OpenAPI, client, checks, grants and tests are derived from this array. */
export const contract: readonly Operation[] = [
  ...operationsOf('catalog', catalog),
  ...operationsOf('tokens', tokens),
  ...operationsOf('tenant', tenant),
  ...operationsOf('audit', audit),
  ...operationsOf('reference', reference),
];

export const operationsServedBy = (feature: string): readonly Operation[] =>
  contract.filter((operation) => operation.feature === feature);

export { type ApiRelease, apiReleasesFile } from './kernel/api-release.ts';
export type { Operation } from './kernel/define-route.ts';
export { type ErrorCode, errors, problemMediaType, problemOf } from './kernel/errors.ts';
export { gatewayRefusals } from './kernel/gateway-refusals.ts';
export { tokenPattern } from './model/token-format.ts';
