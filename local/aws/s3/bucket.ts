import { join } from 'node:path';
import { parsePolicy } from '../../iam/parse-policy.ts';
import { TwinError } from '../../twin-error.ts';
import type { PolicyDocument } from '../../types.ts';
import { type Fields, fieldsList, isFields, optionalFields, optionalText, text } from '../fields.ts';
import type { KeyStore } from '../kms/key-store.ts';
import { onlyKnown } from '../only-known.ts';
import type { Created, Properties, World } from '../world.ts';
import { objectFiles } from './object-files.ts';
import type { Encryption, Lock } from './object-version.ts';
import { createObjects, type Objects } from './objects.ts';

export interface Bucket {
  readonly name: string;
  readonly arn: string;
  readonly versioning?: 'Enabled' | 'Suspended';
  readonly locks: boolean;
  readonly retention?: { readonly mode: Lock['mode']; readonly days: number };
  readonly encryption: Encryption;
  readonly publicAccessBlock?: Fields;
  /** BucketOwnerEnforced: there are no ACLs. */
  readonly ownership: string;
  policy?: PolicyDocument;
  readonly objects: Objects;
}

/** The buckets of the template; their objects live in the data folder. */
export interface Buckets {
  /** AWS::S3::Bucket. `BucketName` must be given. Ref is the name. */
  create(properties: Properties): Created;
  /** AWS::S3::BucketPolicy. */
  addPolicy(properties: Properties): void;
  find(name: string): Bucket | undefined;
}

/** Lifecycle and access logs are accepted and not performed. */
const known = [
  'BucketName',
  'VersioningConfiguration',
  'ObjectLockEnabled',
  'ObjectLockConfiguration',
  'BucketEncryption',
  'PublicAccessBlockConfiguration',
  'OwnershipControls',
  'LoggingConfiguration',
  'LifecycleConfiguration',
  'Tags',
];

export const createBuckets = (world: World, folder: string, keys: KeyStore): Buckets => {
  const buckets = new Map<string, Bucket>();
  return {
    find: (name) => buckets.get(name),
    create: (properties) => {
      const name = text(properties, 'BucketName');
      if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name))
        throw new TwinError(`Bucket ${name} has a name that S3 does not take.`, 'Expected 3 to 63 of a-z 0-9 . -');
      onlyKnown(`Bucket ${name}`, properties, known);
      buckets.set(name, bucketOf(name, properties, join(folder, 's3', name), keys));
      const regional = `${name}.s3.${world.region}.amazonaws.com`;
      const attributes = { Arn: arnOf(name), DomainName: `${name}.s3.amazonaws.com`, RegionalDomainName: regional };
      return { ref: name, attributes };
    },
    addPolicy: (properties) => {
      const name = text(properties, 'Bucket');
      const bucket = buckets.get(name);
      if (bucket === undefined) throw new TwinError(`No bucket ${name} in the template.`, 'Correct the stack.');
      bucket.policy = parsePolicy(properties.PolicyDocument, `Bucket ${name}: PolicyDocument`, 'resource');
    },
  };
};

const arnOf = (name: string): string => `arn:aws:s3:::${name}`;

const isOn = (value: unknown): boolean => value === true || value === 'true';

const bucketOf = (name: string, properties: Properties, folder: string, keys: KeyStore): Bucket => {
  const status = optionalText(optionalFields(properties, 'VersioningConfiguration') ?? {}, 'Status');
  const locks = isOn(properties.ObjectLockEnabled);
  const rule = optionalFields(optionalFields(properties, 'ObjectLockConfiguration') ?? {}, 'Rule');
  if (rule && !locks)
    throw new TwinError(`Bucket ${name} has a lock rule without ObjectLockEnabled.`, 'Set ObjectLockEnabled.');
  const [ownership] = fieldsList(optionalFields(properties, 'OwnershipControls') ?? {}, 'Rules');
  const publicAccessBlock = optionalFields(properties, 'PublicAccessBlockConfiguration');
  return {
    name,
    arn: arnOf(name),
    // Object lock turns versioning on, and keeps it on.
    ...(locks ? { versioning: 'Enabled' as const } : versioningOf(name, status)),
    locks,
    ...(rule ? { retention: retentionOf(name, rule) } : {}),
    encryption: encryptionOf(properties, keys),
    ...(publicAccessBlock ? { publicAccessBlock } : {}),
    ownership: (ownership && optionalText(ownership, 'ObjectOwnership')) ?? 'BucketOwnerEnforced',
    objects: createObjects(objectFiles(folder)),
  };
};

const versioningOf = (name: string, status: string | undefined): Pick<Bucket, 'versioning'> => {
  if (status === undefined) return {};
  if (status === 'Enabled' || status === 'Suspended') return { versioning: status };
  throw new TwinError(`Bucket ${name} has versioning ${status}.`, 'Expected Enabled or Suspended.');
};

const retentionOf = (name: string, rule: Fields): NonNullable<Bucket['retention']> => {
  const { Mode, Days, Years } = optionalFields(rule, 'DefaultRetention') ?? {};
  const days = Days === undefined ? Number(Years) * 365 : Number(Days);
  if ((Mode === 'GOVERNANCE' || Mode === 'COMPLIANCE') && days > 0) return { mode: Mode, days };
  throw new TwinError(
    `Bucket ${name} has the default retention ${JSON.stringify(rule)}.`,
    'Expected Mode GOVERNANCE or COMPLIANCE, and Days or Years.',
  );
};

const encryptionOf = (properties: Properties, keys: KeyStore): Encryption => {
  const configuration = optionalFields(properties, 'BucketEncryption') ?? {};
  const [rule] = fieldsList(configuration, 'ServerSideEncryptionConfiguration');
  const byDefault = rule?.ServerSideEncryptionByDefault;
  if (!isFields(byDefault)) return { algorithm: 'AES256', bucketKey: false };
  const algorithm = text(byDefault, 'SSEAlgorithm');
  if (algorithm !== 'AES256' && algorithm !== 'aws:kms')
    throw new TwinError(`A bucket has the SSEAlgorithm ${algorithm}.`, 'The twin has AES256 and aws:kms.');
  const keyId = optionalText(byDefault, 'KMSMasterKeyID');
  return {
    algorithm,
    ...(keyId === undefined ? {} : { keyArn: keys.require(keyId).arn }),
    bucketKey: isOn(rule?.BucketKeyEnabled),
  };
};
