import { Code } from 'aws-cdk-lib/aws-lambda';
import { type App, Tags } from 'aws-cdk-lib/core';
import type { FunctionSpec } from '../lambdas/functions.ts';
import { withBundles } from './constructs/bundle.ts';
import { Api } from './stacks/api.ts';
import { Foundation } from './stacks/foundation.ts';
import type { Stage } from './stage.ts';

export interface StackOptions {
  /** False puts a placeholder in place of each bundle, for tests that read templates only. */
  readonly bundle?: boolean;
}

const placeholder = (): Code => Code.fromInline('exports.handler = async () => { throw new Error("not bundled"); };');

/** All stacks of one stage. */
export const addStacks = (app: App, stage: Stage, { bundle = true }: StackOptions = {}): void => {
  // A key that a function still names cannot be deleted from under it.
  app.node.setContext('@aws-cdk/core:defaultCrossStackReferences', 'strong');
  const foundation = new Foundation(app, stage);
  const addApi = (codeOf: (spec: FunctionSpec) => Code) => new Api(app, { stage, foundation, codeOf });
  if (bundle) withBundles(stage, (folderOf) => addApi((spec) => Code.fromAsset(folderOf(spec))));
  else addApi(placeholder);
  Tags.of(app).add('project', 'ringfence');
  Tags.of(app).add('stage', stage.name);
};
