import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from './command-error.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where the operators' function is, and as whom to call it. */
export interface OperatorsEndpoint {
  readonly url: string;
  readonly region: string;
  readonly credentials: Credentials;
}

/** What runs somewhere: the API, and the operators' function with as whom to call it. */
export interface Deployment extends OperatorsEndpoint {
  readonly apiUrl: string;
  /** Of the twin: where SDK clients find its services. */
  readonly sdkEndpoint?: string;
}

/** What a running twin says of itself, in its data folder. */
interface TwinFile {
  readonly pid: number;
  readonly region: string;
  readonly endpoint: string;
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly credentials: Credentials;
}

const readTwinFile = (dataFolder: string): TwinFile => {
  const path = join(dataFolder, 'twin.json');
  if (!existsSync(path)) {
    throw new CommandError(
      `No twin is running here: ${path} does not exist. Start one with "npm start", or name a deployed stage with --stage.`,
    );
  }
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as TwinFile;
  } catch {
    throw new CommandError(`${path} cannot be read. Stop the twin and start it again with "npm start".`);
  }
};

/** A place that was found; what it says of itself is asked for by name. */
interface Found extends Omit<Deployment, 'url' | 'apiUrl'> {
  /** @throws CommandError */
  readonly output: (name: string) => string;
}

const ofTwin = (dataFolder: string): Found => {
  const { outputs = {}, region, credentials, endpoint } = readTwinFile(dataFolder);
  const output = (name: string): string =>
    Object.values(outputs).find((values) => values[name])?.[name] ??
    missing(`The running twin has no output ${name}. Stop it and run "npm start" again.`);
  return { output, region, credentials, sdkEndpoint: endpoint };
};

const missing = (message: string): never => {
  throw new CommandError(message);
};

const ofStage = async (stage: string, stack: string): Promise<Found> => {
  // Loaded here, so that whoever has no stage does not wait for it.
  const [{ CloudFormationClient, DescribeStacksCommand }, { defaultProvider }] = await Promise.all([
    import('@aws-sdk/client-cloudformation'),
    import('@aws-sdk/credential-provider-node'),
  ]);
  const cloudformation = new CloudFormationClient({});
  const region = await cloudformation.config.region().catch(() => {
    throw new CommandError('No AWS region is set. Set AWS_REGION, or AWS_PROFILE to a profile that has one.');
  });
  const credentials = await defaultProvider()().catch((error: Error) => {
    throw new CommandError(`No AWS credentials: ${error.message} Sign in with "aws sso login" or set AWS_PROFILE.`);
  });
  const StackName = `ringfence-${stage}-${stack}`;
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName })).catch((error: Error) => {
    throw new CommandError(
      `The stack ${StackName} cannot be read in ${region}: ${error.message} Deploy it with "npx cdk deploy --all -c stage=${stage}".`,
    );
  });
  const output = (name: string): string =>
    Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue ??
    missing(
      `The stack ${StackName} has no output ${name}. Deploy this version with "npx cdk deploy --all -c stage=${stage}".`,
    );
  return { output, region, credentials };
};

const find = (stage: string | undefined, dataFolder: string, stack = 'api'): Found | Promise<Found> =>
  stage === undefined || stage === 'local' ? ofTwin(dataFolder) : ofStage(stage, stack);

/** The function that reads exports, of the same place. */
export const exportsEndpoint = async (stage: string | undefined, dataFolder: string): Promise<OperatorsEndpoint> => {
  const { output, ...rest } = await find(stage, dataFolder);
  return { ...rest, url: output('ExportsUrl') };
};

/** The operators' function of the twin in the data folder, or of the deployed stage through the usual AWS profile. */
export const operatorsEndpoint = async (stage: string | undefined, dataFolder: string): Promise<OperatorsEndpoint> => {
  const { output, ...rest } = await find(stage, dataFolder);
  return { ...rest, url: output('OperatorsUrl') };
};

/** All of it. */
export const findDeployment = async (stage: string | undefined, dataFolder: string): Promise<Deployment> => {
  const { output, ...rest } = await find(stage, dataFolder);
  return { ...rest, url: output('OperatorsUrl'), apiUrl: output('ApiUrl') };
};

/** Where the trail is kept, and as whom to read it. */
export interface TrailPlace extends Omit<Found, 'output'> {
  readonly bucket: string;
}

/** The locked bucket of the twin in the data folder, or of the deployed stage through the usual AWS profile. */
export const findTrail = async (stage: string | undefined, dataFolder: string): Promise<TrailPlace> => {
  const { output, ...rest } = await find(stage, dataFolder, 'foundation');
  return { ...rest, bucket: output('TrailBucket') };
};
