import { deploymentRoleName, roleArn } from '../names.ts';
import type { Stage } from '../stage.ts';

/**
 * Pieces of filter patterns on the trail. An unquoted `*` stands at the start or the end of a text only; a pattern has
 * at most 1,024 characters.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax-for-Metric-Filters.html
 */
export const is = (field: string, value: string): string => `$.${field} = "${value}"`;
export const isNot = (field: string, value: string): string => `$.${field} != "${value}"`;
export const isFalse = (field: string): string => `$.${field} IS FALSE`;
export const isMissing = (field: string): string => `$.${field} NOT EXISTS`;
export const any = (...conditions: readonly string[]): string => `(${conditions.join(' || ')})`;
export const all = (...conditions: readonly string[]): string => `(${conditions.join(' && ')})`;
export const oneOf = (field: string, values: readonly string[]): string =>
  any(...values.map((value) => is(field, value)));
export const pattern = (...conditions: readonly string[]): string => `{ ${conditions.join(' && ')} }`;

/** It took place. What AWS refused changed nothing; refusals are counted by unauthorized-calls-burst. */
export const succeeded = isMissing('errorCode');

/** The role whose session calls, by ARN: its name alone exists in other accounts too. Users have none. */
const issuer = 'userIdentity.sessionContext.sessionIssuer.arn';

/** By anybody but sessions of this role. What has no role, such as an IAM user, is not this role. */
export const notBy = (stage: Stage, role: string): string =>
  any(isMissing(issuer), isNot(issuer, roleArn(stage, role)));

/** By anybody but CloudFormation with the role of deployments. */
export const notByDeployment = (stage: Stage): string => notBy(stage, deploymentRoleName(stage));

/** The same for event patterns, where `anything-but` alone would want the field to exist.
 *  Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
export const eventNotByDeployment = (stage: Stage) => [
  { userIdentity: { sessionContext: { sessionIssuer: { arn: [{ exists: false }] } } } },
  {
    userIdentity: {
      sessionContext: { sessionIssuer: { arn: [{ 'anything-but': [roleArn(stage, deploymentRoleName(stage))] }] } },
    },
  },
];
