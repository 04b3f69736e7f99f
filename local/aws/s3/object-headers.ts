import type { Encryption, ObjectVersion } from './object-version.ts';

/** The headers that tell of a version, to who put it and to who gets it. */
export const encryptionHeaders = ({ algorithm, keyArn, bucketKey }: Encryption): Readonly<Record<string, string>> => ({
  'x-amz-server-side-encryption': algorithm,
  ...(keyArn === undefined ? {} : { 'x-amz-server-side-encryption-aws-kms-key-id': keyArn }),
  ...(bucketKey ? { 'x-amz-server-side-encryption-bucket-key-enabled': 'true' } : {}),
});

/** A bucket that never was versioned has no version ids to tell. */
export const versionHeaders = ({ id, isMarker }: ObjectVersion): Readonly<Record<string, string>> => ({
  ...(id === 'null' ? {} : { 'x-amz-version-id': id }),
  ...(isMarker ? { 'x-amz-delete-marker': 'true' } : {}),
});

/** Retention is told to those only who may read it. */
export const lockHeaders = ({ lock, legalHold }: ObjectVersion): Readonly<Record<string, string>> => ({
  ...(lock
    ? {
        'x-amz-object-lock-mode': lock.mode,
        'x-amz-object-lock-retain-until-date': new Date(lock.until).toISOString(),
      }
    : {}),
  ...(legalHold ? { 'x-amz-object-lock-legal-hold': 'ON' } : {}),
});
