import { buildApp } from './build-app.ts';
import { findStage } from './find-stage.ts';

/**
 * Synthesizes a stage into a folder, in this process, without cdk-nag and the CDK's own validation, and gives the path
 * of the cloud assembly. What runs there is for this machine; `cdk deploy` synthesizes and validates anew.
 */
export const synthesize = (stageName: string, outdir: string): string => {
  process.env.CDK_VALIDATION = 'false';
  return buildApp(findStage(stageName), { outdir }).synth().directory;
};
