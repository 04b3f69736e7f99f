import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { startEndpoint } from '../../../local/aws/endpoint.ts';
import type { Endpoint, Role, World } from '../../../local/aws/world.ts';
import type { Clock, Credentials, PolicyDocument, Statement } from '../../../local/types.ts';

export const account = '111122223333';
export const region = 'eu-west-1';
export const tableArn = (name: string): string => `arn:aws:dynamodb:${region}:${account}:table/${name}`;
export const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`;

/** A real clock that tests may move. */
export const movableClock = (): Clock => {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (ms) => {
      offset += ms;
    },
  };
};

export const policy = (...statements: readonly Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements,
});

export const allow = (
  action: string | readonly string[],
  resource: string | readonly string[],
  rest: Partial<Statement> = {},
): Statement => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...rest,
});

/** The account delegates the key to its own policies. */
export const delegating = policy({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: 'kms:*',
  Resource: '*',
});

export const role = (name: string, statements: readonly Statement[], more: Partial<Role> = {}): Role => ({
  name,
  arn: roleArn(name),
  trust: policy({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
  policies: [policy(...statements)],
  tags: {},
  maxSessionSeconds: 3600,
  ...more,
});

/** Allowed everything, without conditions. */
export const admin = role('Admin', [allow('*', '*')]);

export interface Local {
  readonly world: World;
  readonly endpoint: Endpoint;
  readonly roles: Map<string, Role>;
  readonly clients: (credentials: Credentials, attempts?: number) => Clients;
  /** Clients of a fresh session of the role. */
  readonly as: (roleName: string, tags?: Readonly<Record<string, string>>) => Clients;
  readonly close: () => Promise<void>;
}

export interface Clients {
  readonly dynamoDb: DynamoDBClient;
  readonly kms: KMSClient;
  readonly s3: S3Client;
  readonly secrets: SecretsManagerClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly sts: STSClient;
}

/** An endpoint of its own, with these roles and a clock to move. */
export const startLocal = async (given: readonly Role[], dataDir?: string): Promise<Local> => {
  const roles = new Map([admin, ...given].map((each) => [each.name, each]));
  const world: World = { account, region, clock: movableClock(), roles, ...(dataDir ? { dataDir } : {}) };
  const endpoint = await startEndpoint(world);
  const open: { destroy(): void }[] = [];
  const clients = (credentials: Credentials, maxAttempts = 1): Clients => {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const config = {
      endpoint: endpoint.url,
      region,
      credentials: { accessKeyId, secretAccessKey, sessionToken },
      maxAttempts,
      // Clients sign by the clock that tests move.
      systemClockOffset: world.clock.now() - Date.now(),
    };
    const made = {
      dynamoDb: new DynamoDBClient(config),
      kms: new KMSClient(config),
      s3: new S3Client(config),
      secrets: new SecretsManagerClient(config),
      sns: new SNSClient(config),
      sqs: new SQSClient(config),
      sts: new STSClient(config),
    };
    open.push(...Object.values(made));
    return made;
  };
  return {
    world,
    endpoint,
    roles,
    clients,
    as: (roleName, tags = {}) => clients(endpoint.credentials.issue({ roleName, sessionName: 'test', tags })),
    close: async () => {
      for (const client of open) client.destroy();
      await endpoint.close();
    },
  };
};

/** `pk` and `sk`, an index by `owner` and `sk`, TTL on `expiresAt`. */
export const plainTable = (
  name: string,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: ['pk', 'sk', 'owner'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-owner',
      KeySchema: [
        { AttributeName: 'owner', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  ...more,
});
