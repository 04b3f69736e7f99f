import { Code } from 'aws-cdk-lib/aws-lambda';
import { App, Stack } from 'aws-cdk-lib/core';
import { functions } from '../../lambdas/functions.ts';
import { EncryptionKey } from '../../lib/constructs/encryption-key.ts';
import { LambdaFunction } from '../../lib/constructs/lambda-function.ts';
import { Paging } from '../../lib/constructs/paging.ts';
import { findStage } from '../../lib/find-stage.ts';
import { pagingKeyPolicy } from '../../lib/key-policies/paging-key.ts';
import type { Stage } from '../../lib/stage.ts';

export const pager = functions.filter(({ name }) => name === 'pager');

/** The pager and its way to the on-call in a stack by itself; every key of it is PagingKey. */
export const pagingTemplate = (stageName: string, changed: Partial<Stage> = {}): { Resources: object } => {
  process.env.CDK_VALIDATION = 'false';
  const stage = { ...findStage(stageName), ...changed };
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'paging', { env: { account: stage.account, region: stage.region } });
  const key = new EncryptionKey(stack, { stage, name: 'paging', description: 'x', policy: pagingKeyPolicy(stage) });
  const { keyArn } = key;
  const keys = { signing: keyArn, sealing: keyArn, paging: keyArn, trail: keyArn, table: () => keyArn };
  for (const spec of pager) {
    const code = Code.fromInline('exports.handler = () => {};');
    const lambda = new LambdaFunction(stack, { stage, spec, code, keys, logsKey: key });
    new Paging(stack, { stage, key, spec, pager: lambda.function });
  }
  return app.synth().getStackByName('paging').template;
};
