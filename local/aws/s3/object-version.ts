export interface Lock {
  readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
  /** Epoch milliseconds. */
  readonly until: number;
}

export interface Encryption {
  readonly algorithm: 'AES256' | 'aws:kms';
  /** The customer's key; the one that AWS manages when absent. */
  readonly keyArn?: string;
  /** With a bucket key the encryption context is the bucket's ARN, without one the object's. */
  readonly bucketKey: boolean;
}

/** One version of an object, or a marker that it was deleted. */
export interface ObjectVersion {
  readonly key: string;
  /** `null` while the bucket is not versioned. */
  readonly id: string;
  /** Later versions have a higher one; it names the file. */
  readonly order: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly isMarker: boolean;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** Content-Type and what else is given back as it was put, `x-amz-meta-…` too. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** `x-amz-checksum-…` → base64. */
  readonly checksums: Readonly<Record<string, string>>;
  readonly encryption: Encryption;
  readonly lock?: Lock;
  readonly legalHold: boolean;
}
