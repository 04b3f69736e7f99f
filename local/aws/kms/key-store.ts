import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { parsePolicy } from '../../iam/parse-policy.ts';
import { TwinError } from '../../twin-error.ts';
import type { PolicyDocument } from '../../types.ts';
import { optionalText, text } from '../fields.ts';
import type { Created, Properties, World } from '../world.ts';
import { readKeys, type StoredKey, type StoredKeys, writeKeys } from './key-file.ts';

export type KeySpec = 'SYMMETRIC_DEFAULT' | 'ECC_NIST_P256';
export type KeyUsage = 'ENCRYPT_DECRYPT' | 'SIGN_VERIFY';
export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

export interface Key {
  readonly identity: string;
  readonly id: string;
  readonly arn: string;
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly state: KeyState;
  readonly policy: PolicyDocument;
  readonly description: string;
  readonly createdAt: number;
  /** 32 bytes for AES-256, or the private key. */
  readonly material: Buffer | KeyObject;
}

/** The keys and aliases of the template. */
export interface KeyStore {
  /** By key id, key ARN, alias name or alias ARN. */
  find(name: string): Key | undefined;
  /** The same, for the interpreter: throws one line when there is no such key. */
  require(name: string): Key;
  create(identity: string, properties: Properties): Created;
  createAlias(properties: Properties): Created;
  setState(key: Key, state: KeyState): Key;
}

const known = new Set([
  'KeyPolicy',
  'Description',
  'Enabled',
  'EnableKeyRotation',
  'RotationPeriodInDays',
  'PendingWindowInDays',
  'KeySpec',
  'KeyUsage',
  'MultiRegion',
  'BypassPolicyLockoutSafetyCheck',
  'Origin',
  'Tags',
]);

const usages: Readonly<Record<KeySpec, KeyUsage>> = {
  SYMMETRIC_DEFAULT: 'ENCRYPT_DECRYPT',
  ECC_NIST_P256: 'SIGN_VERIFY',
};

const isSpec = (spec: string): spec is KeySpec => Object.hasOwn(usages, spec);

/** The spec of AWS::KMS::Key, when the twin has it and its usage fits. */
const specOf = (identity: string, properties: Properties): KeySpec => {
  const strange = Object.keys(properties).find((name) => !known.has(name));
  if (strange !== undefined)
    throw new TwinError(
      `Key ${identity} has the property ${strange}, which the twin does not have.`,
      'Remove it or build it.',
    );
  const spec = optionalText(properties, 'KeySpec') ?? 'SYMMETRIC_DEFAULT';
  if (!isSpec(spec))
    throw new TwinError(`Key ${identity} has KeySpec ${spec}.`, `The twin has ${Object.keys(usages).join(' and ')}.`);
  const usage = optionalText(properties, 'KeyUsage') ?? 'ENCRYPT_DECRYPT';
  if (usage !== usages[spec])
    throw new TwinError(
      `Key ${identity} has KeyUsage ${usage} and KeySpec ${spec}.`,
      `Expected KeyUsage ${usages[spec]}.`,
    );
  return spec;
};

const newMaterial = (spec: KeySpec): string =>
  spec === 'SYMMETRIC_DEFAULT'
    ? randomBytes(32).toString('base64')
    : generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ format: 'der', type: 'pkcs8' })
        .toString('base64');

const materialOf = ({ spec, material }: StoredKey): Buffer | KeyObject => {
  const bytes = Buffer.from(material, 'base64');
  return spec === 'SYMMETRIC_DEFAULT' ? bytes : createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
};

/** The key policy, which a key must have: nothing is allowed by default here. */
const policyOf = (identity: string, properties: Properties): PolicyDocument =>
  parsePolicy(properties.KeyPolicy, `Key ${identity}: KeyPolicy`, 'resource');

/** Keys live in the data folder, so that what was encrypted opens after a restart; policies are the template's. */
export const createKeyStore = (world: World, folder: string): KeyStore => {
  let stored: StoredKeys = readKeys(folder);
  const keys = new Map<string, Key>();
  const aliases = new Map<string, string>();
  const prefix = `arn:aws:kms:${world.region}:${world.account}:`;

  const store = (identity: string, key: StoredKey) => {
    stored = { ...stored, [identity]: key };
    writeKeys(folder, stored);
    return key;
  };
  const find = (name: string): Key | undefined => {
    const local = name.startsWith(prefix) ? name.slice(prefix.length) : name;
    const id = local.startsWith('alias/') ? aliases.get(local) : local.replace(/^key\//, '');
    return id === undefined ? undefined : keys.get(id);
  };
  const requireKey = (name: string): Key => {
    const key = find(name);
    if (key === undefined)
      throw new TwinError(`No KMS key ${name} in the template.`, 'A key must be created before what uses it.');
    return key;
  };

  return {
    find,
    require: requireKey,
    create: (identity, properties) => {
      const spec = specOf(identity, properties);
      const existing = Object.hasOwn(stored, identity) ? stored[identity] : undefined;
      if (existing !== undefined && existing.spec !== spec)
        throw new TwinError(
          `Key ${identity} in the data folder is ${existing.spec}, the template wants ${spec}.`,
          'Empty the data folder and start again.',
        );
      const fresh = (): StoredKey => ({
        id: randomUUID(),
        spec,
        material: newMaterial(spec),
        state: 'Enabled',
        createdAt: world.clock.now(),
      });
      const key = existing ?? store(identity, fresh());
      const disabled = properties.Enabled === false || properties.Enabled === 'false';
      keys.set(key.id, {
        identity,
        id: key.id,
        arn: `${prefix}key/${key.id}`,
        spec,
        usage: usages[spec],
        state: disabled && key.state === 'Enabled' ? 'Disabled' : key.state,
        policy: policyOf(identity, properties),
        description: optionalText(properties, 'Description') ?? '',
        createdAt: key.createdAt,
        material: materialOf(key),
      });
      return { ref: key.id, attributes: { Arn: `${prefix}key/${key.id}`, KeyId: key.id } };
    },
    createAlias: (properties) => {
      const name = text(properties, 'AliasName');
      if (!/^alias\/(?!aws\/)[A-Za-z0-9/_-]{1,250}$/.test(name))
        throw new TwinError(`AliasName ${name} is not an alias name.`, "Expected 'alias/' and letters, digits, / _ -.");
      aliases.set(name, requireKey(text(properties, 'TargetKeyId')).id);
      return { ref: name, attributes: { AliasName: name } };
    },
    setState: (key, state) => {
      const before = stored[key.identity];
      if (before !== undefined) store(key.identity, { ...before, state });
      const changed = { ...key, state };
      keys.set(key.id, changed);
      return changed;
    },
  };
};
