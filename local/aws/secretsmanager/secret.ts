import type { PolicyDocument } from '../../types.ts';

/** One value of a secret, and the stages that point at it. Binary values are base64. */
export interface Version {
  readonly text?: string;
  readonly binary?: string;
  readonly createdAt: number;
  readonly stages: readonly string[];
}

/** Version id → version, in the order they were put. */
export type Versions = Readonly<Record<string, Version>>;

export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  /** As the template names it; the key that AWS manages when absent. */
  readonly keyId?: string;
  readonly policy?: PolicyDocument;
  readonly createdAt: number;
  readonly versions: Versions;
}

export const current = 'AWSCURRENT';
export const previous = 'AWSPREVIOUS';
