import { App } from 'aws-cdk-lib/core';
import { addStacks, type StackOptions } from './add-stacks.ts';
import { findStage } from './find-stage.ts';

/**
 * Synthesizes a stage into a folder, in this process, without cdk-nag and the CDK's own validation, and gives the path
 * of the cloud assembly. What runs there is for this machine; `cdk deploy` synthesizes and validates anew.
 * @throws StageError
 */
export const synthesize = (stageName: string, outdir: string, options: StackOptions = {}): string => {
  process.env.CDK_VALIDATION = 'false';
  const app = new App({ outdir, analyticsReporting: false });
  addStacks(app, findStage(stageName), options);
  return app.synth().directory;
};
