import { DescribeStacksCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { type Check, unless } from './check.ts';
import { synthesizedTemplates, templateFaults } from './templates.ts';

const stackNames = (stage: string): readonly string[] =>
  ['foundation', 'api', 'detection'].map((name) => `ringfence-${stage}-${name}`);

/** What is deployed. */
export const stackChecks: readonly Check[] = [
  {
    name: 'account',
    promise: 'The stage is in its own account and region.',
    run: async ({ stage, deployment, sts }) => {
      const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
      return unless(
        [
          ...(Account === stage.account
            ? []
            : [`your credentials are of ${Account}, the stage is in ${stage.account}`]),
          ...(deployment.region === stage.region ? [] : [`your region is ${deployment.region}, not ${stage.region}`]),
        ],
        `${Account}, ${deployment.region}, as ${Arn}`,
      );
    },
  },
  {
    name: 'stacks',
    promise: 'The last deployment of every stack is complete, and stacks are protected where the stage says so.',
    needs: 'aws',
    run: async ({ stage, cloudformation }) => {
      const faults: string[] = [];
      for (const StackName of stackNames(stage.name)) {
        const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
        const [stack] = Stacks ?? [];
        const isComplete = /^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(stack?.StackStatus ?? '');
        if (!isComplete) faults.push(`${StackName} is ${stack?.StackStatus}`);
        if (stage.deletionProtection && !stack?.EnableTerminationProtection)
          faults.push(`${StackName} has no termination protection`);
      }
      return unless(faults, 'complete');
    },
  },
  {
    name: 'templates',
    promise: 'What CloudFormation was given is what this checkout synthesizes, code included.',
    needs: 'aws',
    run: async ({ stage, cloudformation }) => {
      const expected = synthesizedTemplates(stage.name);
      const faults: string[] = [];
      for (const StackName of stackNames(stage.name)) {
        const { TemplateBody = '{}' } = await cloudformation.send(
          new GetTemplateCommand({ StackName, TemplateStage: 'Original' }),
        );
        faults.push(...templateFaults(StackName, TemplateBody, expected.get(StackName) ?? '{}'));
      }
      return unless(faults, 'every resource as synthesized');
    },
  },
];
