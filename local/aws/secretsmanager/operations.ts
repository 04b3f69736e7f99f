import { randomUUID } from 'node:crypto';
import { AwsError, invalid } from '../aws-error.ts';
import { type Fields, list, optionalText, own, text } from '../fields.ts';
import { keyUseQuestion } from '../key-use.ts';
import type { KeyStore } from '../kms/key-store.ts';
import type { ServiceCall } from '../service.ts';
import type { World } from '../world.ts';
import { current, type Secret, type Version } from './secret.ts';
import type { Secrets } from './secrets.ts';
import { versionWith, withVersion } from './versions.ts';

/** What the operations work with. */
export interface Room {
  readonly world: World;
  readonly keys: KeyStore;
  readonly secrets: Secrets;
}

/** Authorizes, does nothing else, and returns the work. */
export type Operation = (call: ServiceCall, room: Room) => () => Fields;

const notFound = (what: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Secrets Manager can't find the specified ${what}.`);

/** Whether the caller may do this with the secret: its resource policy takes part. A missing secret is missed afterwards. */
const ask = ({ input, operation, gate }: ServiceCall, { secrets }: Room): Secret => {
  const id = text(input, 'SecretId');
  const secret = secrets.find(id);
  const stage = optionalText(input, 'VersionStage');
  const version = optionalText(input, 'VersionId');
  gate({
    action: `secretsmanager:${operation}`,
    resource: secrets.arnOf(id),
    policy: secret?.policy && { name: `policy of secret ${secret.name}`, document: secret.policy },
    context: {
      'secretsmanager:SecretId': secrets.arnOf(id),
      ...(stage === undefined ? {} : { 'secretsmanager:VersionStage': stage }),
      ...(version === undefined ? {} : { 'secretsmanager:VersionId': version }),
    },
  });
  if (secret === undefined) throw notFound('secret');
  return secret;
};

/**
 * Secrets Manager uses the secret's key for the caller, under the context SecretARN and SecretVersionId.
 * Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
const askForKey = (
  { gate }: ServiceCall,
  { world, keys }: Room,
  { arn, keyId }: Secret,
  {
    versionId,
    actions,
    failure,
  }: { readonly versionId: string; readonly actions: readonly string[]; readonly failure: string },
): void => {
  if (keyId === undefined) return;
  const key = keys.require(keyId);
  const encryptionContext = { SecretARN: arn, SecretVersionId: versionId };
  try {
    for (const action of actions)
      gate(keyUseQuestion({ key, action, encryptionContext, service: 'secretsmanager' }, world));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError('AccessDeniedException', `Access to KMS is not allowed (${error.message})`);
  }
  if (key.state !== 'Enabled') throw new AwsError(failure, `The KMS key ${key.arn} is ${key.state}.`);
};

/** The version that a call is about: by id, by stage, or by both. */
const versionOf = ({ versions }: Secret, input: Fields): readonly [id: string, version: Version] | undefined => {
  const id = optionalText(input, 'VersionId');
  const stage = optionalText(input, 'VersionStage') ?? (id === undefined ? current : undefined);
  const found = id === undefined ? versionWith(versions, stage ?? current) : entryOf(versions, id);
  return found && (stage === undefined || found[1].stages.includes(stage)) ? found : undefined;
};

const entryOf = (versions: Secret['versions'], id: string): readonly [string, Version] | undefined => {
  const version = Object.hasOwn(versions, id) ? versions[id] : undefined;
  return version && [id, version];
};

export const getSecretValue: Operation = (call, room) => {
  const secret = ask(call, room);
  const found = versionOf(secret, call.input);
  if (found === undefined) {
    const id = optionalText(call.input, 'VersionId');
    const stage = optionalText(call.input, 'VersionStage') ?? current;
    throw notFound(`secret value for ${id === undefined ? `staging label: ${stage}` : `VersionId: ${id}`}`);
  }
  const [versionId, version] = found;
  askForKey(call, room, secret, { versionId, actions: ['Decrypt'], failure: 'DecryptionFailure' });
  return () => ({
    ARN: secret.arn,
    Name: secret.name,
    VersionId: versionId,
    VersionStages: version.stages,
    CreatedDate: version.createdAt / 1000,
    ...(version.text === undefined ? {} : { SecretString: version.text }),
    ...(version.binary === undefined ? {} : { SecretBinary: version.binary }),
  });
};

const valueBytesMax = 65_536;

const putValue = (input: Fields): Pick<Version, 'text' | 'binary'> => {
  const [given, binary] = [optionalText(input, 'SecretString'), optionalText(input, 'SecretBinary')];
  if ((given === undefined) === (binary === undefined))
    throw new AwsError(
      'InvalidRequestException',
      'You must provide either SecretString or SecretBinary, and not both.',
    );
  if (Buffer.byteLength(given ?? binary ?? '', given === undefined ? 'base64' : 'utf8') > valueBytesMax)
    throw invalid('A secret value has at most 65536 bytes.');
  return given === undefined ? { binary: binary ?? '' } : { text: given };
};

/** Idempotent by ClientRequestToken, which is the version's id. */
export const putSecretValue: Operation = (call, room) => {
  const secret = ask(call, room);
  const { input } = call;
  const versionId = optionalText(input, 'ClientRequestToken') ?? randomUUID();
  askForKey(call, room, secret, { versionId, actions: ['GenerateDataKey', 'Decrypt'], failure: 'EncryptionFailure' });
  return () => {
    const value = putValue(input);
    const stages = own(input, 'VersionStages') === undefined ? [current] : list(input, 'VersionStages').map(String);
    const answer = (kept: readonly string[]) => ({
      ARN: secret.arn,
      Name: secret.name,
      VersionId: versionId,
      VersionStages: kept,
    });
    const before = entryOf(secret.versions, versionId)?.[1];
    if (before && before.text === value.text && before.binary === value.binary) return answer(before.stages);
    if (before)
      throw new AwsError('ResourceExistsException', `A version ${versionId} exists already with another value.`);
    const versions = withVersion(secret.versions, versionId, { ...value, createdAt: room.world.clock.now(), stages });
    room.secrets.replaceVersions(secret, versions);
    return answer(versions[versionId]?.stages ?? []);
  };
};

export const describeSecret: Operation = (call, room) => {
  const secret = ask(call, room);
  const changes = Object.values(secret.versions).map(({ createdAt }) => createdAt);
  return () => ({
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    ...(secret.keyId === undefined ? {} : { KmsKeyId: secret.keyId }),
    RotationEnabled: false,
    CreatedDate: secret.createdAt / 1000,
    LastChangedDate: Math.max(secret.createdAt, ...changes) / 1000,
    VersionIdsToStages: Object.fromEntries(Object.entries(secret.versions).map(([id, { stages }]) => [id, stages])),
  });
};
