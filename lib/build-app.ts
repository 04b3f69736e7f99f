import { Code } from 'aws-cdk-lib/aws-lambda';
import { App, Tags } from 'aws-cdk-lib/core';
import type { FunctionSpec } from '../lambdas/functions.ts';
import { bundleFunctions } from './constructs/bundle.ts';
import { Api } from './stacks/api.ts';
import { Foundation } from './stacks/foundation.ts';
import type { Stage } from './stage.ts';

export interface BuildOptions {
  readonly outdir?: string;
  /** False puts a placeholder in place of each bundle, for tests that read templates only. */
  readonly bundle?: boolean;
}

const bundled = (stage: Stage): ((spec: FunctionSpec) => Code) => {
  const folderOf = bundleFunctions(stage);
  return (spec) => Code.fromAsset(folderOf(spec));
};
const placeholder = (): Code => Code.fromInline('exports.handler = async () => { throw new Error("not bundled"); };');

/** The CDK app of one stage. */
export const buildApp = (stage: Stage, { outdir, bundle = true }: BuildOptions = {}): App => {
  const app = new App({ ...(outdir && { outdir }), analyticsReporting: false });
  const foundation = new Foundation(app, stage);
  new Api(app, { stage, foundation, codeOf: bundle ? bundled(stage) : placeholder });
  Tags.of(app).add('project', 'ringfence');
  Tags.of(app).add('stage', stage.name);
  return app;
};
