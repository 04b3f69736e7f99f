import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { addStacks } from '../lib/add-stacks.ts';
import { findStage } from '../lib/find-stage.ts';
import { StageError } from '../lib/stage.ts';

/**
 * `npx cdk deploy --all -c stage=staging`. There is no default stage. `local` synthesizes, for a look at its templates,
 * but its account is nobody's, and what it does without (web ACL, backups) is not held against it.
 */
const app = new App({ analyticsReporting: false });
try {
  const stage = findStage(app.node.tryGetContext('stage'));
  addStacks(app, stage);
  if (stage.name !== 'local') Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof StageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
