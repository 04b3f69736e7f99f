import { App, Stack } from 'aws-cdk-lib/core';
import { EncryptionKey } from '../../lib/constructs/encryption-key.ts';
import { Trail } from '../../lib/constructs/trail.ts';
import { findStage } from '../../lib/find-stage.ts';
import { logsKeyPolicy } from '../../lib/key-policies/logs-key.ts';
import { trailKeyPolicy } from '../../lib/key-policies/trail-key.ts';

/** The trail of a stage in a stack by itself. */
export const trailTemplate = (stageName: string): { Resources: object } => {
  process.env.CDK_VALIDATION = 'false';
  const stage = findStage(stageName);
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'trail', { env: { account: stage.account, region: stage.region } });
  const keyOf = (name: string, policy: ReturnType<typeof trailKeyPolicy>) =>
    new EncryptionKey(stack, { stage, name, description: name, policy });
  const key = keyOf('trail', trailKeyPolicy(stage));
  new Trail(stack, { stage, key, logsKey: keyOf('logs', logsKeyPolicy(stage)) });
  return app.synth().getStackByName('trail').template;
};
