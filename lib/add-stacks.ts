import { Code } from 'aws-cdk-lib/aws-lambda';
import { type App, Tags } from 'aws-cdk-lib/core';
import { bundleFunctions } from './constructs/bundle.ts';
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
  if (bundle) {
    const { folderOf, remove } = bundleFunctions(stage);
    new Api(app, { stage, foundation, codeOf: (spec) => Code.fromAsset(folderOf(spec)) });
    remove();
  } else new Api(app, { stage, foundation, codeOf: placeholder });
  Tags.of(app).add('project', 'ringfence');
  Tags.of(app).add('stage', stage.name);
};
