import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { AssumeRoleCommand, type Credentials, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Session } from './control.ts';
import type { TestTwin } from './twin.ts';

/** AWS's own SDK in the hands of one session, with no code of ours in between. */
export interface AwsClients {
  /** `arn:aws:sts::…:assumed-role/<role>/<session>`: how the journal calls the caller. */
  readonly arn: string;
  readonly dynamoDb: DynamoDBClient;
  readonly kms: KMSClient;
  readonly sts: STSClient;
}

/** Somebody who has broken into functions: holds their credentials and asks AWS whatever they like. */
export interface Intruder {
  /** The credentials that the function finds in its environment. */
  inFunction(name: string): Promise<AwsClients>;
  /** A session of the function's tenant role, taken with those credentials through the role's trust policy. */
  asTenant(name: string, tenant: string): Promise<AwsClients>;
  /** Whoever these credentials of STS are. */
  holding(issued: Credentials | undefined): Promise<AwsClients>;
  /** AdministratorAccess in the account. */
  administrator(): Promise<AwsClients>;
  close(): void;
}

export const executionRole = (name: string): string => `ringfence-local-${name}`;
export const tenantRole = (name: string): string => `${executionRole(name)}-tenant`;
export const roleArn = (role: string): string => `arn:aws:iam::000000000000:role/${role}`;

const sessionOf = (issued: Credentials | undefined): Session => ({
  accessKeyId: issued?.AccessKeyId ?? '',
  secretAccessKey: issued?.SecretAccessKey ?? '',
  sessionToken: issued?.SessionToken ?? '',
});

export const intruderIn = ({ addresses, control }: TestTwin): Intruder => {
  const known = new Map<string, Promise<AwsClients>>();
  const open: { destroy(): void }[] = [];
  const once = (name: string, make: () => Promise<Session>): Promise<AwsClients> => {
    const made = known.get(name) ?? make().then(clientsOf);
    known.set(name, made);
    return made;
  };
  const clientsOf = async ({ accessKeyId, secretAccessKey, sessionToken }: Session): Promise<AwsClients> => {
    const config = {
      endpoint: addresses.endpointUrl,
      region: addresses.region,
      credentials: { accessKeyId, secretAccessKey, sessionToken },
      maxAttempts: 1,
    };
    const clients = { dynamoDb: new DynamoDBClient(config), kms: new KMSClient(config), sts: new STSClient(config) };
    open.push(...Object.values(clients));
    const { Arn = '' } = await clients.sts.send(new GetCallerIdentityCommand({}));
    return { ...clients, arn: Arn };
  };
  const inFunction = (name: string) => once(name, () => control.session(executionRole(name)));
  return {
    inFunction,
    asTenant: (name, tenant) =>
      once(`${name} ${tenant}`, async () => {
        const { sts } = await inFunction(name);
        const { Credentials: issued } = await sts.send(
          new AssumeRoleCommand({
            RoleArn: roleArn(tenantRole(name)),
            RoleSessionName: `intruder-${randomBytes(4).toString('hex')}`,
            Tags: [{ Key: 'tenant', Value: tenant }],
          }),
        );
        return sessionOf(issued);
      }),
    holding: (issued) => clientsOf(sessionOf(issued)),
    administrator: () => once('', async () => addresses.administrator),
    close: () => {
      for (const client of open) client.destroy();
    },
  };
};
