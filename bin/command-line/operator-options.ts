import { stageOptions } from '../parse-words.ts';
import type { Options } from './command.ts';

/** Options of every command that works on a stage. */
export const operatorOptions = {
  stage: {
    ...stageOptions.stage,
    value: 'stage',
    about: 'A deployed stage, through your usual AWS profile. Without it: the twin that "npm start" runs',
  },
  data: { ...stageOptions.data, value: 'folder', about: `The twin's data folder (default .ringfence)` },
  json: { ...stageOptions.json, about: 'Answer as JSON' },
} as const satisfies Options;
