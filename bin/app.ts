import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { addStacks } from '../lib/add-stacks.ts';
import { findStage } from '../lib/find-stage.ts';
import { StageError } from '../lib/stage.ts';

/** `npx cdk deploy --all -c stage=staging`. The stage `local` synthesizes, but its account is nobody's. */
const app = new App({ analyticsReporting: false });
try {
  addStacks(app, findStage(app.node.tryGetContext('stage')));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof StageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
