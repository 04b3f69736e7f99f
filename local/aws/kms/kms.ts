import { AwsError, notBuilt } from '../aws-error.ts';
import { jsonAnswer, jsonProtocol } from '../protocol.ts';
import type { Service } from '../service.ts';
import type { Created, Properties, World } from '../world.ts';
import { createKeyStore, type KeyStore } from './key-store.ts';
import { operations } from './operations.ts';

export interface Kms {
  readonly service: Service;
  readonly keys: KeyStore;
  createKey(identity: string, properties: Properties): Promise<Created>;
  createAlias(properties: Properties): Promise<Created>;
}

/** KMS: each operation finds its key, asks whether the caller may, and only then touches ciphertext. */
export const createKms = (world: World, folder: string): Kms => {
  const keys = createKeyStore(world, folder);
  return {
    keys,
    createKey: async (identity, properties) => keys.create(identity, properties),
    createAlias: async (properties) => keys.createAlias(properties),
    service: {
      name: 'kms',
      protocol: jsonProtocol('TrentService', '1.1', () => ''),
      throttled: () =>
        new AwsError(
          'ThrottlingException',
          'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
        ),
      authorize: (call) => {
        const operation = Object.hasOwn(operations, call.operation) ? operations[call.operation] : undefined;
        if (operation === undefined) throw notBuilt('KMS', call.operation);
        const run = operation(call, { keys, world });
        if (call.input.DryRun === true)
          throw new AwsError(
            'DryRunOperationException',
            'The request would have succeeded, but the DryRun option is set.',
          );
        return async () => jsonAnswer(await run(), '1.1');
      },
    },
  };
};
