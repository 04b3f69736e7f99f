import { local } from '../stages/local.ts';
import { production } from '../stages/production.ts';
import { staging } from '../stages/staging.ts';
import { parseStage, type Stage, StageError } from './stage.ts';

/** Every stage there is, by name. A new one is a file in stages/ and a word here. */
const stages: Readonly<Record<string, unknown>> = { local, staging, production };
export const stageNames = Object.keys(stages);

/**
 * The stage of that name, checked. There is no default: a deploy names what it changes.
 * @throws StageError
 */
export const findStage = (name: unknown): Stage => {
  if (typeof name === 'string' && Object.hasOwn(stages, name)) return parseStage(stages[name], `stages/${name}.ts`);
  const what = name === undefined ? 'No stage is named' : `There is no stage ${JSON.stringify(name)}`;
  throw new StageError(`${what}: expected -c stage=${stageNames.join('|')}.`);
};
