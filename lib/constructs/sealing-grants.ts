import type { Access, Touches } from '../../lambdas/functions.ts';
import { allow, type Statement } from '../statement.ts';

const accesses = (touches: Touches): readonly Access[] => [touches['data-keys'] ?? []].flat();

/** Whether a role makes data keys of a tenant, and whether it opens them. */
export const makesDataKeys = (touches: Touches): boolean =>
  accesses(touches).some((access) => access === 'add' || access === 'change');
export const opensDataKeys = (touches: Touches): boolean =>
  accesses(touches).some((access) => access === 'read' || access === 'change');

/**
 * A data key belongs to the tenant that its encryption context names, and to a session tagged with that tenant only.
 * The context is exactly tenant and purpose. Source:
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context
 */
const ownContext = {
  StringEquals: { 'kms:EncryptionContext:tenant': '${aws:PrincipalTag/tenant}' },
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['tenant', 'purpose'] },
  Null: {
    'aws:PrincipalTag/tenant': 'false',
    'kms:EncryptionContext:tenant': 'false',
    'kms:EncryptionContext:purpose': 'false',
    'kms:EncryptionContextKeys': 'false',
  },
} as const;

/** What a tenant role may do with the sealing key. A new data key is never seen in the clear by who makes it. */
export const sealingGrants = (touches: Touches, keyArn: string): readonly Statement[] => [
  ...(makesDataKeys(touches)
    ? [allow('MakeDataKeys', ['kms:GenerateDataKeyWithoutPlaintext'], [keyArn], ownContext)]
    : []),
  ...(opensDataKeys(touches) ? [allow('OpenDataKeys', ['kms:Decrypt'], [keyArn], ownContext)] : []),
];
