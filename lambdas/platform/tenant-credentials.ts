import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { TenantId } from '../kernel/id.ts';
import { watchAccess } from './access-watch.ts';
import { environment } from './environment.ts';

let sts: STSClient | undefined;

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/**
 * The one seam through which code comes to a tenant's rights: the function's tenant role under the session tag
 * `tenant`. Lasts one hour, the most that role chaining allows. The SDK calls it again five minutes before the end.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export const tenantCredentials = (tenant: TenantId) => async (): Promise<SessionCredentials> => {
  sts ??= watchAccess(new STSClient({}));
  const { Credentials: issued } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: environment.tenantRole(),
      RoleSessionName: tenant,
      DurationSeconds: 3600,
      Tags: [{ Key: 'tenant', Value: tenant }],
    }),
  );
  if (!issued?.AccessKeyId || !issued.SecretAccessKey || !issued.SessionToken || !issued.Expiration) {
    throw new Error('STS answered without credentials.');
  }
  return {
    accessKeyId: issued.AccessKeyId,
    secretAccessKey: issued.SecretAccessKey,
    sessionToken: issued.SessionToken,
    expiration: issued.Expiration,
  };
};
