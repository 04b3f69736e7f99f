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

/** A tenant in the list; of one that was offboarded, what is left. */
export type Listed = Pick<Registration, 'slug' | 'tenant' | 'state' | 'createdAt'> &
  Partial<Pick<Registration, 'step' | 'name'>>;

export const tenantTable = (items: readonly Listed[]): string =>
  asTable(
    ['SLUG', 'TENANT', 'STATE', 'ONBOARDING', 'CREATED', 'NAME'],
    items.map(({ slug, tenant, state, step, createdAt, name }) => [
      slug,
      tenant,
      state,
      step ?? '-',
      createdAt.slice(0, 10),
      name ?? '-',
    ]),
  );

/** What the operators' function answers when it was asked to revoke a token. */
export interface Revocation {
  readonly slug: string;
  readonly tenant: string;
  readonly token: { readonly id: string; readonly name: string; readonly role: string; readonly revokedAt?: string };
  readonly wasRevoked: boolean;
  readonly issuedWithIt: readonly string[];
  readonly ownerLeft: boolean;
}

/** One line on what happened, and one for each thing that is left to do. */
export const describeRevocation = ({ slug, token, wasRevoked, issuedWithIt, ownerLeft }: Revocation): string =>
  [
    wasRevoked
      ? `${token.id} of ${slug} was revoked before, at ${token.revokedAt}: nothing changed.`
      : `${token.id} of ${slug} is revoked: "${token.name}", ${token.role}. Sensitive routes refuse it now; answers that the gateway remembers last until the revoke-to-deny bound (30 s by default).`,
    ...(issuedWithIt.length > 0
      ? [`Issued with it and still active: ${issuedWithIt.join(', ')}. If it was stolen, revoke these too.`]
      : []),
    ...(ownerLeft
      ? []
      : [
          `No active owner's token is left. The way back: npx ringfence tenants reissue ${slug} --reason "Last owner's token revoked"`,
        ]),
  ].join('\n');

/** A step that is made. */
export const stepLine = (step: string, why: string | undefined): string => `  ✓ ${step.padEnd(13)} ${why ?? ''}`;
