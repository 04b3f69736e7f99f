import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { buildApp } from '../lib/build-app.ts';
import { findStage } from '../lib/find-stage.ts';
import { StageError } from '../lib/stage.ts';

/** `npx cdk deploy --all -c stage=staging`. The stage `local` synthesizes, but its account is nobody's. */
try {
  const context = new App().node;
  const app = buildApp(findStage(context.tryGetContext('stage')), {
    bundle: context.tryGetContext('ringfence:bundle') !== 'false',
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof StageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
