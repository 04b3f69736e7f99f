import { Code } from 'aws-cdk-lib/aws-lambda';
import { type App, Tags } from 'aws-cdk-lib/core';
import type { FunctionSpec } from '../lambdas/functions.ts';
import { withBundles } from './constructs/bundle.ts';
import { checkDetections } from './detecting/check-detections.ts';
import { surroundingsOf } from './detecting/watchable.ts';
import { detections } from './detections/index.ts';
import { Api } from './stacks/api.ts';
import { Detection } from './stacks/detection.ts';
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
  const addFunctions = (codeOf: (spec: FunctionSpec) => Code): void => {
    const api = new Api(app, { stage, foundation, codeOf });
    // Its filters and alarms name log groups of the others, which no reference tells.
    new Detection(app, { stage, foundation, codeOf }).addStackDependency(api);
    checkDetections(detections, surroundingsOf(app, stage));
  };
  if (bundle) withBundles(stage, (folderOf) => addFunctions((spec) => Code.fromAsset(folderOf(spec))));
  else addFunctions(placeholder);
  Tags.of(app).add('project', 'ringfence');
  Tags.of(app).add('stage', stage.name);
};
