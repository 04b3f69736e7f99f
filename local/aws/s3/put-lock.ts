import type { RequestContext } from '../../types.ts';
import { AwsError } from '../aws-error.ts';
import type { Bucket } from './bucket.ts';
import type { Lock, ObjectVersion } from './object-version.ts';
import type { S3Request } from './s3-request.ts';

const modeHeader = 'x-amz-object-lock-mode';
const untilHeader = 'x-amz-object-lock-retain-until-date';
const holdHeader = 'x-amz-object-lock-legal-hold';
const dayMs = 24 * 3600 * 1000;

const asksForRetention = ({ headers }: S3Request): boolean =>
  headers[modeHeader] !== undefined || headers[untilHeader] !== undefined;

/** Whether the new version will be locked: then S3 wants a checksum. */
export const isLocking = (request: S3Request, { retention }: Bucket): boolean =>
  asksForRetention(request) || request.headers[holdHeader] !== undefined || retention !== undefined;

/** The permissions that lock headers need beside s3:PutObject. */
export const lockActions = (request: S3Request): readonly string[] => [
  ...(asksForRetention(request) ? ['PutObjectRetention'] : []),
  ...(request.headers[holdHeader] === undefined ? [] : ['PutObjectLegalHold']),
];

export const lockContext = ({ headers }: S3Request): RequestContext => ({
  ...(headers[modeHeader] === undefined ? {} : { 's3:object-lock-mode': headers[modeHeader] }),
  ...(headers[untilHeader] === undefined ? {} : { 's3:object-lock-retain-until-date': headers[untilHeader] }),
  ...(headers[holdHeader] === undefined ? {} : { 's3:object-lock-legal-hold': headers[holdHeader] }),
});

/** Throws unless it is a lock of the future. */
export const parseLock = (mode: string | undefined, until: string | undefined, now: number): Lock => {
  const time = Date.parse(until ?? '');
  if (mode === undefined || until === undefined)
    throw new AwsError(
      'InvalidArgument',
      `${untilHeader} and ${modeHeader} must both be supplied. No space allowed between.`,
    );
  if (mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE')
    throw new AwsError('InvalidArgument', 'Unknown wormMode directive.');
  if (!(time > now)) throw new AwsError('InvalidArgument', 'The retain until date must be in the future!');
  return { mode, until: time };
};

/** The lock of a new version: what the request says, or else the bucket.
 *  Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
export const lockOf = (
  request: S3Request,
  { locks, retention }: Bucket,
  now: number,
): Pick<ObjectVersion, 'lock' | 'legalHold'> => {
  const { headers } = request;
  const hold = headers[holdHeader];
  if (!locks && (asksForRetention(request) || hold !== undefined))
    throw new AwsError('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  const legalHold = hold === 'ON';
  if (asksForRetention(request)) return { lock: parseLock(headers[modeHeader], headers[untilHeader], now), legalHold };
  if (retention === undefined) return { legalHold };
  return { lock: { mode: retention.mode, until: now + retention.days * dayMs }, legalHold };
};
