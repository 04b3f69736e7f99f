import { type FunctionSpec, type Table, tableName } from '../lambdas/functions.ts';
import type { Stage } from './stage.ts';

/**
 * Names that policies are written against before the thing exists. They are fixed, so that deploy order is free and a
 * role that is deleted and made again has its rights: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
type Named = Pick<FunctionSpec, 'name'>;

/** Of the function, and of its execution role. */
export const functionName = (stage: Stage, { name }: Named): string => `ringfence-${stage.name}-${name}`;
export const tenantRoleName = (stage: Stage, spec: Named): string => `${functionName(stage, spec)}-tenant`;
export const logGroupName = (stage: Stage, purpose: string): string => `/ringfence/${stage.name}/${purpose}`;

export const roleArn = ({ account }: Stage, role: string): string => `arn:aws:iam::${account}:role/${role}`;
export const tableArn = (stage: Stage, table: Table): string =>
  `arn:aws:dynamodb:${stage.region}:${stage.account}:table/${tableName(stage.name, table)}`;
export const logGroupArn = ({ region, account }: Stage, name: string): string =>
  `arn:aws:logs:${region}:${account}:log-group:${name}`;

/** The role with which CloudFormation deploys, of the default CDK bootstrap.
 *  Source: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
export const deploymentRoleName = ({ account, region }: Stage): string =>
  `cdk-hnb659fds-cfn-exec-role-${account}-${region}`;

/** `data-keys` → `DataKeys`: logical ids and statement ids are letters and digits only. */
export const pascal = (words: string): string =>
  words.replace(/(?:^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase());
