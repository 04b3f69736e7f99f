/** `npm run drill`: plays attacks on what runs, and shows who is paged. */
import { CommandError } from '../command-error.ts';
import { parseWords } from '../parse-words.ts';
import type { Attack } from './attack.ts';
import { attacks } from './attacks/index.ts';
import { drillStage } from './drill-stage.ts';
import { drillTwin } from './drill-twin.ts';

const help = `npm run drill: play attacks on what runs, and see who is paged

Usage: npm run drill -- [options]

  --only <attack>    Play this one; may be given more than once. No benign hour then.
  --list             The attacks
  --data <folder>    Data folder of the twin that "npm start" runs (default .ringfence)
  --stage <stage>    A deployed stage instead: the attacks that come through its public door.
                     It pages the people on call for real: --i-am-on-call says that you are one.
  --i-am-on-call

The twin's clock is moved on to the whole minutes at which alarms are looked at, and stays
ahead until the twin is started again.

Exit codes: 0 every attack was paged and the benign hour was not, 1 otherwise, 2 wrong usage.
`;

const options = {
  only: { type: 'string', multiple: true, default: [] as string[] },
  list: { type: 'boolean', default: false },
  data: { type: 'string', default: process.env.RINGFENCE_DATA ?? '.ringfence' },
  stage: { type: 'string', default: 'local' },
  'i-am-on-call': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const chosen = (only: readonly string[]): readonly Attack[] => {
  const strange = only.find((name) => !attacks.some((attack) => attack.name === name));
  if (strange !== undefined)
    throw new CommandError(
      `There is no attack "${strange}". There are: ${attacks.map(({ name }) => name).join(', ')}.`,
      2,
    );
  return only.length > 0 ? attacks.filter(({ name }) => only.includes(name)) : attacks;
};

const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parseWords(args, options, { allowPositionals: false, help: 'npm run drill -- --help' });
  if (values.help) say(help);
  else if (values.list)
    say(attacks.map(({ name, story, detection }) => `${name}\n    ${story}\n    must fire ${detection}`).join('\n'));
  if (values.help || values.list) return 0;
  const played = chosen(values.only);
  if (values.stage === 'local') return drillTwin(values.data, played, values.only.length === 0, say);
  if (!values['i-am-on-call'])
    throw new CommandError(
      `A drill on stage ${values.stage} pages its people on call for real. If you are one of them, tell the others, and add --i-am-on-call.`,
      2,
    );
  return drillStage(values.stage, played, say);
};

export const main = async (args: readonly string[]): Promise<number> => {
  try {
    return await run(args);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    process.stderr.write(`drill: ${error.message}\n`);
    return error.exitCode;
  }
};
