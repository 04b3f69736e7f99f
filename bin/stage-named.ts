import { findStage } from '../lib/find-stage.ts';
import { type Stage, StageError } from '../lib/stage.ts';
import { CommandError } from './command-error.ts';

/** The values of a stage, for a command. @throws CommandError with exit code 2 when there is none, or they are wrong. */
export const stageNamed = (name: string): Stage => {
  try {
    return findStage(name);
  } catch (error) {
    if (error instanceof StageError) throw new CommandError(error.message, 2);
    throw error;
  }
};
