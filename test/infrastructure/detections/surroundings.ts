import { App } from 'aws-cdk-lib/core';
import { addStacks } from '../../../lib/add-stacks.ts';
import type { Surroundings } from '../../../lib/detecting/check-detections.ts';
import { surroundingsOf } from '../../../lib/detecting/watchable.ts';
import type { Stage } from '../../../lib/stage.ts';

const known = new Map<string, Surroundings>();

/** What stands around the detections of a stage, as synth sees it. */
export const surroundings = (stage: Stage): Surroundings => {
  const key = JSON.stringify(stage);
  const found = known.get(key) ?? made(stage);
  known.set(key, found);
  return found;
};

const made = (stage: Stage): Surroundings => {
  const app = new App({ analyticsReporting: false });
  addStacks(app, stage, { bundle: false });
  return surroundingsOf(app, stage);
};
