import type { PolicyDocument } from '../../types.ts';
import { isFields, own } from '../fields.ts';

/** What the front must know of a table to authorize a call on it. */
export interface Table {
  readonly name: string;
  readonly arn: string;
  readonly partitionKey: string;
  /** Index name → its partition key. */
  readonly indexes: ReadonlyMap<string, string>;
  /** The customer's KMS key that encrypts it, as an ARN. */
  readonly keyArn?: string;
  readonly policy?: PolicyDocument;
  readonly ttlAttribute?: string;
  /** PointInTimeRecoveryEnabled */
  readonly recovery: boolean;
  readonly recoveryDays: number;
  /** Partition and sort key names, of the table. */
  readonly keyNames: readonly string[];
  /** False for a name that a request gave and no table has: it is authorized first, as on AWS, and not found then. */
  readonly exists: boolean;
}

/**
 * A key value as `dynamodb:LeadingKeys` shows it: strings and numbers as they are, binary in base64. A value that says
 * it has several types gives them all, so that whichever the engine takes was asked for.
 */
export const keyText = (value: unknown): readonly string[] => {
  if (!isFields(value)) return [];
  return ['S', 'N', 'B'].flatMap((type) => {
    const text = own(value, type);
    return typeof text === 'string' ? [text] : [];
  });
};
