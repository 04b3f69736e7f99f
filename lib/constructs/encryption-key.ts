import { type CfnKey, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { pascal } from '../names.ts';
import type { Stage } from '../stage.ts';
import { documentOf, type Statement } from '../statement.ts';

export interface EncryptionKeyProps {
  readonly stage: Stage;
  /** Also its alias: `ringfence-<stage>-<name>`. */
  readonly name: string;
  readonly description: string;
  readonly policy: readonly Statement[];
  /** Signs with ECDSA on P-256 instead of encrypting; KMS does not rotate such keys. */
  readonly signs?: boolean;
}

/** A customer-managed key with a policy of our own, and no right that the policy does not state. */
export class EncryptionKey extends Key {
  constructor(scope: Construct, { stage, name, description, policy, signs = false }: EncryptionKeyProps) {
    super(scope, `${pascal(name)}Key`, {
      alias: `ringfence-${stage.name}-${name}`,
      description,
      policy: documentOf(policy),
      removalPolicy: stage.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      pendingWindow: Duration.days(stage.retain ? 30 : 7),
      ...(signs ? { keySpec: KeySpec.ECC_NIST_P256, keyUsage: KeyUsage.SIGN_VERIFY } : { enableKeyRotation: true }),
    });
    (this.node.defaultChild as CfnKey).overrideLogicalId(`${pascal(name)}Key`);
  }
}
