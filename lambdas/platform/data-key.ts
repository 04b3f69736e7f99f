import { GenerateDataKeyWithoutPlaintextCommand, KMSClient } from '@aws-sdk/client-kms';
import type { TenantId } from '../kernel/id.ts';
import { watchAccess } from './access-watch.ts';
import { environment } from './environment.ts';
import { tenantCredentials } from './tenant-credentials.ts';

/** The encryption context of a tenant's data keys: one that is moved to another tenant does not unwrap. */
const dataKeyContext = (tenant: TenantId): Record<'tenant' | 'purpose', string> => ({ tenant, purpose: 'seal' });

/**
 * A new data key of a tenant, wrapped by KMS, base64. Its plain form never exists outside KMS until it is first used.
 * Source: https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html
 */
export const wrappedDataKey = async (tenant: TenantId): Promise<string> => {
  const kms = watchAccess(new KMSClient({ credentials: tenantCredentials(tenant) }), tenant);
  const { CiphertextBlob: wrapped } = await kms.send(
    new GenerateDataKeyWithoutPlaintextCommand({
      KeyId: environment.sealingKey(),
      KeySpec: 'AES_256',
      EncryptionContext: dataKeyContext(tenant),
    }),
  );
  kms.destroy();
  if (!wrapped) throw new Error('KMS answered without a key.');
  return Buffer.from(wrapped).toString('base64');
};
