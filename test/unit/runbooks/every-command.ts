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

/** Every command that a page tells people to run, and the first command of every detection. */
export const everyCommand = (): readonly Command[] => [
  ...pages.flatMap(({ path, blocks, inline }) => [
    ...blocks.flatMap((block) => commandsIn(block)).map((words) => ({ where: path, words })),
    ...inline.flatMap((code) => commandsIn(code, { unset: true })).map((words) => ({ where: path, words })),
  ]),
  ...detections.flatMap(({ name, firstCommand }) =>
    commandsIn(firstCommand(stage)).map((words) => ({ where: `first command of ${name}`, words })),
  ),
];
