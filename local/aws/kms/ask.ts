import type { RequestContext } from '../../types.ts';
import { AwsError } from '../aws-error.ts';
import type { Fields } from '../fields.ts';
import type { ServiceCall } from '../service.ts';
import type { World } from '../world.ts';
import type { EncryptionContext } from './ciphertext.ts';
import type { Key, KeyStore, KeyUsage } from './key-store.ts';

/** What the operations work with. */
export interface Room {
  readonly keys: KeyStore;
  readonly world: World;
}

/** Authorizes, does nothing else, and returns the work. */
export type Operation = (call: ServiceCall, room: Room) => () => Fields;

/** By id, ARN or alias. */
export const found = (keys: KeyStore, name: string): Key => {
  const key = keys.find(name);
  if (key === undefined) throw new AwsError('NotFoundException', `Key '${name}' does not exist`);
  return key;
};

/** Condition keys of KMS, from the key and from the encryption context (AWS KMS Developer Guide, "Condition keys"). */
export const contextOf = (key: Key, world: World, context: EncryptionContext): RequestContext => ({
  'kms:CallerAccount': world.account,
  'kms:KeySpec': key.spec,
  'kms:KeyUsage': key.usage,
  'kms:KeyOrigin': 'AWS_KMS',
  ...Object.fromEntries(Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  ...(Object.keys(context).length > 0 ? { 'kms:EncryptionContextKeys': Object.keys(context) } : {}),
});

/** Asks whether the caller may do this with the key; the alias they named it by is a condition key too. */
export const ask = (call: ServiceCall, action: string, key: Key, more: RequestContext, named?: string): void => {
  const alias = named?.slice(named.indexOf('alias/'));
  const byAlias = alias?.startsWith('alias/') ? { 'kms:RequestAlias': alias } : {};
  const policy = { name: `key policy of ${key.id}`, document: key.policy };
  call.gate({ action: `kms:${action}`, resource: key.arn, policy, context: { ...more, ...byAlias } });
};

/** The key, when its state and usage let it be used so. */
export const usable = (key: Key, usage: KeyUsage): Key => {
  if (key.state === 'Disabled') throw new AwsError('DisabledException', `${key.arn} is disabled.`);
  if (key.state !== 'Enabled') throw new AwsError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
  if (key.usage !== usage)
    throw new AwsError(
      'InvalidKeyUsageException',
      `${key.arn} key usage is ${key.usage} which is not valid for this operation.`,
    );
  return key;
};
