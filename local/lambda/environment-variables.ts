import type { Credentials } from '../types.ts';
import type { FunctionDefinition } from './function-definition.ts';

export interface EnvironmentPlace {
  readonly region: string;
  /** The SDK endpoint. */
  readonly endpointUrl: string;
  readonly localized: (text: string) => string;
}

/**
 * What `process.env` of a function holds: its template's variables under those that Lambda reserves, and the endpoint.
 * The developer's own environment and AWS files are out of reach, so that a function cannot leave the twin by accident.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export const environmentVariables = (
  definition: FunctionDefinition,
  credentials: Credentials,
  { region, endpointUrl, localized }: EnvironmentPlace,
): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(definition.variables).map(([name, value]) => [name, localized(value)])),
  TZ: ':UTC',
  LANG: 'en_US.UTF-8',
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ENDPOINT_URL: endpointUrl,
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: credentials.sessionToken,
  AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
  AWS_LAMBDA_FUNCTION_NAME: definition.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroup,
  AWS_LAMBDA_LOG_STREAM_NAME: '[$LATEST]twin',
  AWS_LAMBDA_LOG_FORMAT: definition.logFormat,
  LAMBDA_TASK_ROOT: definition.directory,
  _HANDLER: definition.handler,
});
