import { Failure } from '../kernel/errors.ts';
import type { TokenId } from '../kernel/id.ts';
import { type Item, putIf, putNew, removeIf, type Write } from '../kernel/session.ts';
import { toIso } from '../kernel/use-case.ts';
import { tokenItem } from '../model/token-item.ts';
import { clock } from '../platform/clock.ts';
import { wrappedDataKey } from '../platform/data-key.ts';
import { mintToken } from '../platform/mint-token.ts';
import { newId } from '../platform/random.ts';
import { openSession } from '../platform/tenant-session.ts';
import type { CommandOf } from './commands.ts';
import { once } from './once.ts';
import { type Operator, operatorAudit } from './operator.ts';
import { findStaying, type Registration, saveRegistration } from './registry.ts';
import { isAtLeast, type StepName } from './steps.ts';

/** The first token lives this long: the owner issues others with it. */
const firstTokenDays = 30;

const reserve = async (command: CommandOf<'create'>, operator: Operator): Promise<Registration> => {
  const known = await findStaying(command.slug);
  if (!known) {
    return saveRegistration(
      {
        slug: command.slug,
        tenant: newId('ten'),
        name: command.name,
        ownerEmail: command.ownerEmail,
        owner: newId('usr'),
        createdAt: toIso(clock.now()),
        createdBy: operator.arn,
        step: 'reserved',
        state: 'active',
        version: 0,
      },
      undefined,
    );
  }
  if (known.name !== command.name || known.ownerEmail !== command.ownerEmail) throw new Failure('tenant-differs');
  return known;
};

const key = async ({ tenant }: Registration, operator: Operator): Promise<void> => {
  const wrapped = await wrappedDataKey(tenant);
  const item = { schema: 1, version: 1, wrapped, createdAt: toIso(clock.now()) };
  await once(
    openSession(tenant).commit([
      putNew('data-keys', 'v1', item, 'unavailable'),
      operatorAudit(operator, 'data-key.created', tenant, { version: 1 }),
    ]),
  );
};

const provision = async (
  { tenant, name, owner, ownerEmail, slug }: Registration,
  operator: Operator,
): Promise<void> => {
  const createdAt = toIso(clock.now());
  await once(
    openSession(tenant).commit([
      putNew(
        'status',
        'status',
        { schema: 1, id: tenant, name, state: 'active', createdAt, version: 1 },
        'unavailable',
      ),
      putNew(
        'users',
        owner,
        { schema: 1, id: owner, email: ownerEmail, role: 'owner', state: 'active', createdAt, version: 1 },
        'unavailable',
      ),
      operatorAudit(operator, 'tenant.created', tenant, { name, slug }),
    ]),
  );
};

/** Names the first token that an attempt has issued. It changes with the token itself, so there is never a second one. */
const pointerKey = 'first-token';

const pointer = (before: Item | undefined, token: TokenId): Write =>
  before
    ? putIf('tokens', pointerKey, { ...before, token }, { token: String(before.token) }, 'version-mismatch')
    : putNew('tokens', pointerKey, { schema: 1, token }, 'version-mismatch');

/**
 * Issues the first token in the place of one that an earlier attempt made and nobody may have received. The order
 * matters to two operators at once: what was there is read before the registration is claimed, so that whoever claims
 * it last cannot replace a token it has not seen, and whoever lost it cannot finish.
 */
export const issue = async (
  registration: Registration,
  operator: Operator,
  reason?: string,
): Promise<{ registration: Registration; token: string }> => {
  const { tenant, owner, version } = registration;
  const session = openSession(tenant);
  const before = await session.get('tokens', pointerKey);
  const earlier = before && (await session.get('tokens', String(before.token)));
  const minted = await mintToken(tenant, owner);
  const claimed = await saveRegistration({ ...registration, step: 'provisioned', firstToken: minted.id }, version);
  const now = clock.now();
  const item = tokenItem({
    id: minted.id,
    name: 'First owner',
    user: owner,
    role: 'owner',
    hash: minted.hash,
    createdAt: toIso(now),
    validUntil: toIso(now + firstTokenDays * 86_400_000),
    version: 1,
  });
  await session.commit([
    pointer(before, minted.id),
    // A revoked one stays, marked, so that its next use is known for what it is.
    ...(earlier && earlier.revokedAt === undefined
      ? [removeIf('tokens', String(earlier.id), { version: Number(earlier.version) }, 'version-mismatch')]
      : []),
    putNew('tokens', minted.id, item, 'unavailable'),
    operatorAudit(operator, 'token.issued', minted.id, {
      name: 'First owner',
      role: 'owner',
      ...(earlier && { replaces: earlier.id }),
      ...(reason && { reason }),
    }),
  ]);
  const saved = await saveRegistration({ ...claimed, step: 'token-issued' }, claimed.version);
  return { registration: saved, token: minted.token };
};

export interface Created {
  readonly registration: Registration;
  /** Shown once, and only until the operator confirms to have it. */
  readonly token?: string;
}

/**
 * Takes a tenant through its steps from wherever the last attempt ended. No build, no deploy.
 * @throws Failure `tenant-differs` when the slug is another tenant's, `tenant-offboarded` when it was; `version-mismatch`
 * when two operators race.
 */
export const createTenant = async (command: CommandOf<'create'>, operator: Operator): Promise<Created> => {
  let registration = await reserve(command, operator);
  const reached = async (step: StepName): Promise<void> => {
    registration = await saveRegistration({ ...registration, step }, registration.version);
  };
  if (!isAtLeast(registration.step, 'keyed')) {
    await key(registration, operator);
    await reached('keyed');
  }
  if (!isAtLeast(registration.step, 'provisioned')) {
    await provision(registration, operator);
    await reached('provisioned');
  }
  if (isAtLeast(registration.step, 'handed-over')) return { registration };
  return issue(registration, operator);
};

/** Ends the creation of a tenant. Says so again when it has ended already. @throws Failure when the token is not the last one */
export const confirmTenant = async ({ slug, token }: CommandOf<'confirm'>): Promise<Registration> => {
  const known = await findStaying(slug);
  if (!known) throw new Failure('tenant-not-found');
  if (known.firstToken !== token) throw new Failure('version-mismatch');
  if (known.step === 'handed-over') return known;
  // Another attempt is replacing it at this moment.
  if (known.step !== 'token-issued') throw new Failure('version-mismatch');
  return saveRegistration({ ...known, step: 'handed-over' }, known.version);
};
