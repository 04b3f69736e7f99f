import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { parseToken } from '../../lambdas/model/token-format.ts';
import type { Stage } from '../../lib/stage.ts';
import { CommandError } from '../command-error.ts';
import { type Deployment, findDeployment } from '../operators-endpoint.ts';
import { stageNamed } from '../stage-named.ts';

/** What is verified: a deployed stage or the twin, as the operator reaches it. */
export interface Target {
  /** What the checkout says the stage should be. */
  readonly stage: Stage;
  readonly deployment: Deployment;
  readonly isTwin: boolean;
  readonly token?: string;
  /** Of another tenant. */
  readonly otherToken?: string;
  readonly dynamodb: DynamoDBClient;
  readonly kms: KMSClient;
  readonly s3: S3Client;
  readonly sts: STSClient;
  readonly cloudformation: CloudFormationClient;
}

/** @throws CommandError without naming the value: it may be most of a secret. */
const tokenIn = (env: NodeJS.ProcessEnv, name: string): string | undefined => {
  const token = env[name];
  if (!token) return undefined;
  if (parseToken(token)) return token;
  throw new CommandError(`${name} holds no token: expected rfp_ and 77 letters or digits.`, 2);
};

/** @throws CommandError when there is no such stage, nothing runs, or a token in the environment is none. */
export const findTarget = async (
  stageName: string | undefined,
  dataFolder: string,
  env: NodeJS.ProcessEnv,
): Promise<Target> => {
  const stage = stageNamed(stageName ?? 'local');
  const token = tokenIn(env, 'RINGFENCE_TOKEN');
  const otherToken = tokenIn(env, 'RINGFENCE_OTHER_TOKEN');
  if (token && otherToken && parseToken(token)?.tenant === parseToken(otherToken)?.tenant)
    throw new CommandError('RINGFENCE_TOKEN and RINGFENCE_OTHER_TOKEN are of one tenant: expected two.', 2);
  const deployment = await findDeployment(stageName, dataFolder);
  const { region, credentials, sdkEndpoint } = deployment;
  const client = { region, credentials, ...(sdkEndpoint && { endpoint: sdkEndpoint }) };
  return {
    stage,
    deployment,
    isTwin: sdkEndpoint !== undefined,
    ...(token && { token }),
    ...(otherToken && { otherToken }),
    dynamodb: new DynamoDBClient(client),
    kms: new KMSClient(client),
    s3: new S3Client({ ...client, ...(sdkEndpoint && { forcePathStyle: true }) }),
    sts: new STSClient(client),
    cloudformation: new CloudFormationClient(client),
  };
};

/** Closes what the clients keep open. */
export const leaveTarget = ({ dynamodb, kms, s3, sts, cloudformation }: Target): void => {
  for (const client of [dynamodb, kms, s3, sts, cloudformation]) client.destroy();
};
