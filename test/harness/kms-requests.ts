import { randomBytes } from 'node:crypto';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GetPublicKeyCommand,
  ReEncryptCommand,
  SignCommand,
  VerifyCommand,
} from '@aws-sdk/client-kms';
import { sealBlob } from '../../local/aws/kms/ciphertext.ts';
import type { AwsClients } from './intruder.ts';
import type { Attempt } from './judge.ts';

export type Context = Readonly<Record<string, string>>;

/** A key of the template, by the name in its alias. */
export const alias = (name: string): string => `alias/ringfence-local-${name}`;

/** The id of a key. The account administers its keys, and so may describe them. */
export const keyIdOf = async ({ kms }: AwsClients, name: string): Promise<string> => {
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: alias(name) }));
  return KeyMetadata?.KeyId ?? '';
};

/** Ciphertext that names this key, as somebody may have stolen it. Whether it opens is decided after who may try. */
export const stolenFrom = (keyId: string, context: Context): Uint8Array =>
  sealBlob(keyId, randomBytes(32), Buffer.from('secret'), context);

export const makeDataKey = (name: string, EncryptionContext?: Context): Attempt => ({
  name: `GenerateDataKeyWithoutPlaintext under ${name} for ${JSON.stringify(EncryptionContext)}`,
  send: ({ kms }) =>
    kms.send(
      new GenerateDataKeyWithoutPlaintextCommand({
        KeyId: alias(name),
        KeySpec: 'AES_256',
        ...(EncryptionContext && { EncryptionContext }),
      }),
    ),
});

export const sign = (name: string, more: object = {}): Attempt => ({
  name: `Sign with ${name} ${JSON.stringify(more)}`,
  send: ({ kms }) =>
    kms.send(
      new SignCommand({
        KeyId: alias(name),
        Message: Buffer.from('I am an owner'),
        MessageType: 'RAW',
        SigningAlgorithm: 'ECDSA_SHA_256',
        ...more,
      }),
    ),
});

export const getPublicKey = (name: string): Attempt => ({
  name: `GetPublicKey of ${name}`,
  send: ({ kms }) => kms.send(new GetPublicKeyCommand({ KeyId: alias(name) })),
});

/** Every way to use the key itself, under this context. */
export const keyRequests = (name: string, keyId: string, context: Context): readonly Attempt[] => {
  const KeyId = alias(name);
  const EncryptionContext = { ...context };
  const CiphertextBlob = stolenFrom(keyId, context);
  const titled = (operation: string) => `${operation} with ${name} for ${JSON.stringify(context)}`;
  return [
    {
      name: titled('Encrypt'),
      send: ({ kms }) => kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x'), EncryptionContext })),
    },
    { name: titled('Decrypt'), send: ({ kms }) => kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext })) },
    {
      name: titled('Decrypt by name'),
      send: ({ kms }) => kms.send(new DecryptCommand({ KeyId, CiphertextBlob, EncryptionContext })),
    },
    {
      name: titled('GenerateDataKey'),
      send: ({ kms }) => kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext })),
    },
    makeDataKey(name, context),
    {
      name: titled('ReEncrypt'),
      send: ({ kms }) =>
        kms.send(
          new ReEncryptCommand({
            CiphertextBlob,
            DestinationKeyId: KeyId,
            SourceEncryptionContext: EncryptionContext,
            DestinationEncryptionContext: {},
          }),
        ),
    },
    sign(name),
    {
      name: titled('Verify'),
      send: ({ kms }) =>
        kms.send(
          new VerifyCommand({
            KeyId,
            Message: Buffer.from('x'),
            Signature: randomBytes(64),
            SigningAlgorithm: 'ECDSA_SHA_256',
          }),
        ),
    },
    getPublicKey(name),
  ];
};
