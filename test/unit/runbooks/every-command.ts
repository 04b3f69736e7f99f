import { detections } from '../../../lib/detections/index.ts';
import { findStage } from '../../../lib/find-stage.ts';
import type { Stage } from '../../../lib/stage.ts';
import { pages } from './pages.ts';
import { commandsIn, faked } from './run-shell.ts';

/** The stage that the runbooks are written for. */
export const stage: Stage = { ...findStage('production'), account: faked.account, region: 'eu-central-1' };

export interface Command {
  readonly where: string;
  readonly words: readonly string[];
}

/** @throws with the page, and the shell's words */
const commandsOf = (where: string, text: string, unset = false): readonly Command[] => {
  try {
    return commandsIn(text, { unset }).map((words) => ({ where, words }));
  } catch (error) {
    throw new Error(`${where}: ${(error as Error).message}`);
  }
};

/** Every command that a page tells people to run, and the first command of every detection. */
export const everyCommand = (): readonly Command[] => [
  ...pages.flatMap(({ path, blocks, inline }) => [
    ...blocks.flatMap((block) => commandsOf(path, block)),
    // In running text a variable is one of the block beside it.
    ...inline.flatMap((code) => commandsOf(path, code, true)),
  ]),
  ...detections.flatMap(({ name, firstCommand }) => commandsOf(`first command of ${name}`, firstCommand(stage))),
];
