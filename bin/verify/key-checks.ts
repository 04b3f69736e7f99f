import { DescribeKeyCommand, GetKeyPolicyCommand, GetKeyRotationStatusCommand } from '@aws-sdk/client-kms';
import { type Check, unless } from './check.ts';
import { aliasOf, allKeys, encryptingKeys, isPolicyOf } from './keys.ts';
import type { Target } from './target.ts';

/** An alias is no key id to KMS where keys are administered. */
export const keyOf = async ({ stage, kms }: Target, name: string) => {
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: aliasOf(stage, name) }));
  return {
    id: KeyMetadata?.KeyId ?? '',
    arn: KeyMetadata?.Arn,
    manager: KeyMetadata?.KeyManager,
    state: KeyMetadata?.KeyState,
  };
};

/** The keys as they are in the account. */
export const keyChecks: readonly Check[] = [
  {
    name: 'keys-are-ours',
    promise: 'A key of our own for each class of data, enabled.',
    run: async (target) => {
      const faults: string[] = [];
      for (const name of allKeys) {
        const { manager, state } = await keyOf(target, name);
        if (manager !== 'CUSTOMER' || state !== 'Enabled')
          faults.push(`${aliasOf(target.stage, name)} is ${state}, managed by ${manager}`);
      }
      return unless(faults, `${allKeys.length} keys, customer-managed and enabled`);
    },
  },
  {
    name: 'key-rotation',
    promise: 'Keys that encrypt are renewed every year.',
    run: async (target) => {
      const faults: string[] = [];
      for (const name of encryptingKeys) {
        const { id } = await keyOf(target, name);
        const { KeyRotationEnabled } = await target.kms.send(new GetKeyRotationStatusCommand({ KeyId: id }));
        if (!KeyRotationEnabled) faults.push(`${aliasOf(target.stage, name)} is not rotated`);
      }
      return unless(faults, `${encryptingKeys.length} keys rotate`);
    },
  },
  {
    name: 'key-policies',
    promise: 'Keys are used by the roles of this checkout and by nobody else.',
    run: async (target) => {
      const faults: string[] = [];
      for (const name of allKeys) {
        const { id } = await keyOf(target, name);
        const { Policy = '{}' } = await target.kms.send(new GetKeyPolicyCommand({ KeyId: id, PolicyName: 'default' }));
        if (!isPolicyOf(target.stage, name, Policy))
          faults.push(`the policy of ${aliasOf(target.stage, name)} is not lib/key-policies'`);
      }
      return unless(faults, `${allKeys.length} policies, as in lib/key-policies`);
    },
  },
];
