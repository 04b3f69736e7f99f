import { defineDetection } from '../detecting/detection.ts';
import { all, any, is, isMissing, isNot, notBy, oneOf, pattern, succeeded } from '../detecting/patterns.ts';
import { administrator, awsService, iamUser, record, roleSession } from '../detecting/records.ts';
import { once, sample } from '../detecting/sample.ts';
import { filtersTrail } from '../detecting/signals.ts';
import { bootstrapRoles, deploymentRoleName, logGroupName, pipelineTakesRoles, roleArn } from '../names.ts';

/** The role with which CloudFormation deploys. A filter has 1,024 characters. */
const executes = '*cfn-exec-role-*';

/** What makes CloudFormation act. A stack that was made with a role keeps it: who changes the stack needs no right to it.
 *  Calling an update off deploys nothing. */
const deploying = ['*Stack', '*UpdateRollback', 'CreateChangeSet', 'ExecuteChangeSet'];

/**
 * The pipeline takes the roles of the CDK's bootstrap; CloudFormation, an AWS service, takes the one that deploys. The
 * lookup role only reads, and developers' `cdk diff` takes it. A person
 * can also hand that role to CloudFormation, or use a stack that has it, and never assume anything.
 * Source: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export const deploymentRoleAssumed = defineDetection({
  name: 'deployment-role-assumed',
  title: 'A deployment role was assumed or used by something other than the pipeline.',
  severity: 'error',
  technique: { id: 'T1548.005', name: 'Temporary Elevated Cloud Access' },
  impact: 'Somebody may deploy what nobody reviewed, with rights over everything that Ringfence is.',
  firstCommand: (stage) =>
    `aws logs tail ${logGroupName(stage, 'trail')} --since 30m --filter-pattern '{ $.eventName = "AssumeRole*" && $.requestParameters.roleArn = "*${bootstrapRoles}*" }'`,
  closes: 'person',
  delay: 'about five minutes: CloudTrail delivers to its log group',
  signal: (stage) => {
    const [pipelineStarts = ''] = pipelineTakesRoles(stage);
    return filtersTrail(
      'deployment-role-assumed',
      pattern(
        succeeded,
        any(
          // Not AssumeRole alone: other services take a role by the same name.
          all(
            is('requestParameters.roleArn', roleArn(stage, `${bootstrapRoles}*`)),
            isNot('requestParameters.roleArn', '*lookup-role-*'),
            notBy(stage, stage.pipelineRole),
            any(
              isMissing('userIdentity.invokedBy'),
              isNot('userIdentity.invokedBy', 'cloudformation.amazonaws.com'),
              isNot('requestParameters.roleArn', executes),
            ),
          ),
          all(
            // CloudFormation's: nobody else has calls of these names with a name of a stack.
            oneOf('eventName', deploying),
            isNot('eventName', 'CancelUpdateStack'),
            any(
              is('requestParameters.stackName', `*ringfence-${stage.name}-*`),
              is('requestParameters.roleARN', executes),
            ),
            notBy(stage, pipelineStarts),
          ),
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
    const ours = `ringfence-${stage.name}-api`;
    const deploys = roleArn(stage, deploymentRoleName(stage));
    const stack = (call: string, by: Parameters<typeof record>[2], stackName: string, roleARN?: string) =>
      once({
        trail: record(stage, `cloudformation:${call}`, by, {
          requestParameters: { stackName, ...(roleARN && { roleARN }) },
        }),
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
        sample('handed to CloudFormation by a person', stack('CreateStack', administrator(stage), 'mine', deploys)),
        sample('by a stack that has it', stack('UpdateStack', administrator(stage), ours)),
        sample(
          'by a stack that has it, named by its ARN',
          stack(
            'ExecuteChangeSet',
            iamUser(stage, 'ada'),
            `arn:aws:cloudformation:${stage.region}:${stage.account}:stack/${ours}/1`,
          ),
        ),
        sample(
          'handed to another service',
          once({
            trail: record(stage, 'cloudcontrolapi:UpdateResource', administrator(stage), {
              requestParameters: { typeName: 'AWS::IAM::Role', roleArn: deploys },
            }),
          }),
        ),
        sample('the role that deploys, by a person', assumed(deploymentRoleName(stage), administrator(stage))),
      ],
      misses: [
        sample(
          'a deployment',
          ...pipelineTakesRoles(stage).map((role) => assumed(role, roleSession(stage, stage.pipelineRole, 'main'))),
          stack('CreateChangeSet', roleSession(stage, deploy, 'aws-cdk'), ours, deploys),
          stack('ExecuteChangeSet', roleSession(stage, deploy, 'aws-cdk'), ours),
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
        sample("a stack of somebody's own", stack('CreateStack', administrator(stage), 'mine')),
        sample('a stack of ours is looked at', stack('DescribeStacks', administrator(stage), ours)),
        sample('an on-call calls an update off', stack('CancelUpdateStack', administrator(stage), ours)),
        sample('another role', assumed('Auditors', administrator(stage))),
      ],
    };
  },
});
