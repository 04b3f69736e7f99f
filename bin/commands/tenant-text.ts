import { asTable } from '../table.ts';

/** What the operators' function answers of a tenant. */
export interface Registration {
  readonly slug: string;
  readonly tenant: string;
  readonly name: string;
  readonly ownerEmail: string;
  readonly owner: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly step: string;
  readonly firstToken?: string;
  readonly state: string;
}

export const describeTenant = (registration: Registration, reason?: string): string =>
  asTable(
    ['', ''],
    [
      ['slug', registration.slug],
      ['tenant', registration.tenant],
      ['name', registration.name],
      ['state', registration.state],
      ...(reason ? [['reason', reason]] : []),
      ['onboarding', registration.step],
      ['owner', `${registration.ownerEmail} (${registration.owner})`],
      ['created', `${registration.createdAt} by ${registration.createdBy}`],
    ],
  ).trimStart();

export const tenantTable = (items: readonly Registration[]): string =>
  asTable(
    ['SLUG', 'TENANT', 'STATE', 'ONBOARDING', 'CREATED', 'NAME'],
    items.map(({ slug, tenant, state, step, createdAt, name }) => [
      slug,
      tenant,
      state,
      step,
      createdAt.slice(0, 10),
      name,
    ]),
  );

/** A step that is made. */
export const stepLine = (step: string, why: string | undefined): string => `  ✓ ${step.padEnd(13)} ${why ?? ''}`;
