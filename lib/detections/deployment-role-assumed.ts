import { defineDetection } from '../detecting/detection.ts';
import { any, is, isMissing, isNot, notBy, pattern, succeeded } from '../detecting/patterns.ts';
import { administrator, awsService, iamUser, record, roleSession } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { filtersTrail } from '../detecting/signals.ts';
import { bootstrapRoles, deploymentRoleName, logGroupName, pipelineTakesRoles, roleArn } from '../names.ts';

/**
 * The pipeline takes the roles of the CDK's bootstrap; CloudFormation, an AWS service, takes the one that deploys. The
 * lookup role only reads, and developers' `cdk diff` takes it.
 * Source: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export const deploymentRoleAssumed = defineDetection({
  name: 'deployment-role-assumed',
  title: 'A deployment role was assumed by something other than the pipeline.',
  severity: 'error',
  technique: { id: 'T1548.005', name: 'Temporary Elevated Cloud Access' },
  impact: 'Somebody may deploy what nobody reviewed, with rights over everything that Ringfence is.',
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'trail')} --since 30m --filter-pattern '{ $.eventName = "AssumeRole*" && $.requestParameters.roleArn = "*${bootstrapRoles}*" }'`,
  closes: 'person',
  delay: 'about five minutes: CloudTrail delivers to its log group',
  signal: (stage) => {
    const deploys = roleArn(stage, deploymentRoleName(stage));
    return filtersTrail(
      'deployment-role-assumed',
      pattern(
        is('eventSource', 'sts.amazonaws.com'),
        is('eventName', 'AssumeRole*'),
        succeeded,
        is('requestParameters.roleArn', roleArn(stage, `${bootstrapRoles}*`)),
        isNot('requestParameters.roleArn', roleArn(stage, `${bootstrapRoles}lookup-role-*`)),
        notBy(stage, stage.pipelineRole),
        any(
          isMissing('userIdentity.invokedBy'),
          isNot('userIdentity.invokedBy', 'cloudformation.amazonaws.com'),
          isNot('requestParameters.roleArn', deploys),
        ),
      ),
    );
  },
  samples: (stage) => {
    const [deploy = ''] = pipelineTakesRoles(stage);
    const assumed = (role: string, by: Parameters<typeof record>[2], call = 'AssumeRole', more = {}) =>
      once({
        trail: record(stage, `sts:${call}`, by, { requestParameters: { roleArn: roleArn(stage, role) }, ...more }),
      });
    return {
      hits: [
        sample('by an administrator', assumed(deploy, administrator(stage))),
        sample('by a user, who has no role', assumed(deploy, iamUser(stage, 'ada'))),
        sample(
          'past the pipeline, from outside AWS',
          assumed(deploy, { type: 'WebIdentityUser', userName: 'repo:somebody/else' }, 'AssumeRoleWithWebIdentity'),
        ),
        sample(
          "by a role whose name begins like the pipeline's",
          assumed(deploy, roleSession(stage, `${stage.pipelineRole}-2`, 'x')),
        ),
        sample('the role that deploys, by a person', assumed(deploymentRoleName(stage), administrator(stage))),
      ],
      misses: [
        sample(
          'a deployment',
          ...pipelineTakesRoles(stage).map((role) => assumed(role, roleSession(stage, stage.pipelineRole, 'main'))),
          assumed(deploymentRoleName(stage), awsService('cloudformation.amazonaws.com')),
        ),
      ],
      nearMisses: [
        sample(
          'an attempt that was refused',
          assumed(deploy, administrator(stage), 'AssumeRole', { errorCode: 'AccessDenied' }),
        ),
        sample(
          'a developer looks things up',
          assumed(deploy.replace('deploy-role', 'lookup-role'), administrator(stage)),
        ),
        sample('another role', assumed('Auditors', administrator(stage))),
      ],
    };
  },
});
