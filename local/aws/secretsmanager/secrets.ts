import { createHash, randomUUID } from 'node:crypto';
import { parsePolicy } from '../../iam/parse-policy.ts';
import { TwinError } from '../../twin-error.ts';
import type { PolicyDocument, Statement } from '../../types.ts';
import { type Fields, optionalFields, optionalText, text } from '../fields.ts';
import { onlyKnown } from '../only-known.ts';
import type { Created, Properties, World } from '../world.ts';
import { generateValue } from './generate-value.ts';
import { current, type Secret, type Versions } from './secret.ts';
import { readSecrets, type StoredSecrets, writeSecrets } from './secret-file.ts';
import { withVersion } from './versions.ts';

/** The secrets of the template, with the values that were put into them. */
export interface Secrets {
  /** AWS::SecretsManager::Secret. `Name` must be given. Ref and attribute Id are the ARN. */
  create(properties: Properties): Created;
  /** AWS::SecretsManager::ResourcePolicy. */
  addPolicy(properties: Properties): void;
  /** By name, ARN, or ARN without its last six characters. */
  find(id: string): Secret | undefined;
  /** The ARN that a call is authorized for, also when no secret has it. */
  arnOf(id: string): string;
  replaceVersions(secret: Secret, versions: Versions): void;
}

const known = ['Name', 'Description', 'KmsKeyId', 'SecretString', 'GenerateSecretString', 'Tags'];

/** Six characters, random on AWS; here the same at every start. */
const suffixOf = (name: string): string =>
  createHash('sha256').update(name).digest('base64url').replace(/[-_]/g, 'x').slice(0, 6);

/** Values live in the data folder; names, keys and policies are the template's. */
export const createSecrets = (world: World, folder: string): Secrets => {
  let stored: StoredSecrets = readSecrets(folder);
  const declared = new Map<string, Omit<Secret, 'createdAt' | 'versions'>>();
  const prefix = `arn:aws:secretsmanager:${world.region}:${world.account}:secret:`;

  const store = (name: string, versions: Versions) => {
    const createdAt = stored[name]?.createdAt ?? world.clock.now();
    stored = { ...stored, [name]: { createdAt, versions } };
    writeSecrets(folder, stored);
  };
  const find = (id: string): Secret | undefined => {
    const secret = [...declared.values()].find(({ name, arn }) => [name, arn, arn.slice(0, -7)].includes(id));
    const kept = secret && stored[secret.name];
    return secret && kept ? { ...secret, ...kept } : undefined;
  };

  return {
    find,
    arnOf: (id) => find(id)?.arn ?? (id.startsWith('arn:') ? id : prefix + id),
    replaceVersions: ({ name }, versions) => store(name, versions),
    create: (properties) => {
      const name = text(properties, 'Name');
      onlyKnown(`Secret ${name}`, properties, known);
      const keyId = optionalText(properties, 'KmsKeyId');
      const arn = `${prefix}${name}-${suffixOf(name)}`;
      const description = optionalText(properties, 'Description') ?? '';
      declared.set(name, { name, arn, description, ...(keyId === undefined ? {} : { keyId }) });
      if (!Object.hasOwn(stored, name)) store(name, firstVersions(properties, world.clock.now()));
      return { ref: arn, attributes: { Id: arn } };
    },
    addPolicy: (properties) => {
      const secret = find(text(properties, 'SecretId'));
      if (secret === undefined)
        throw new TwinError(`No secret ${text(properties, 'SecretId')} in the template.`, 'Correct the stack.');
      declared.set(secret.name, { ...secret, policy: policyOf(secret.name, properties) });
    },
  };
};

const policyOf = (name: string, properties: Properties): PolicyDocument => {
  onlyKnown(`The policy of secret ${name}`, properties, ['SecretId', 'ResourcePolicy', 'BlockPublicPolicy']);
  const document = parsePolicy(properties.ResourcePolicy, `Secret ${name}: ResourcePolicy`, 'resource');
  if (isOn(properties.BlockPublicPolicy) && [document.Statement].flat().some(isPublic))
    throw new TwinError(`The policy of secret ${name} lets everyone in.`, 'Name principals, or give conditions.');
  return document;
};

const isOn = (value: unknown): boolean => value === true || value === 'true';

/** Broad access, as BlockPublicPolicy means it: everyone is allowed, on no condition. */
const isPublic = ({ Effect, Principal, Condition }: Statement): boolean => {
  const named = Principal === undefined || Principal === '*' ? Principal : Principal.AWS;
  return Effect === 'Allow' && Condition === undefined && [named].flat().includes('*');
};

/** What the template itself puts in, at the first start only, so that a value put later is not lost. */
const firstVersions = (properties: Fields, now: number): Versions => {
  const wanted = optionalFields(properties, 'GenerateSecretString');
  const given = optionalText(properties, 'SecretString') ?? (wanted && generateValue(wanted));
  return given === undefined ? {} : withVersion({}, randomUUID(), { text: given, createdAt: now, stages: [current] });
};
