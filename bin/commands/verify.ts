import { type Call, defineCommand, type Group } from '../command-line/command.ts';
import { operatorOptions } from '../command-line/operator-options.ts';
import type { Verdict } from '../verify/check.ts';
import type { Checked } from '../verify/run-checks.ts';

const notes = `With --stage, be an administrator: some checks try what even an administrator must not be able to do.

Environment:
  RINGFENCE_TOKEN         A tenant's token, for the checks that need one
  RINGFENCE_OTHER_TOKEN   A token of another tenant, to ask for its things

Nothing is changed; what is refused shows in the logs. ✓ holds, ✗ is broken or could not be checked, – was not tried.
docs/verified.md says which promise each check stands for.`;

const signs: Readonly<Record<Verdict, string>> = { held: '✓', broken: '✗', untried: '–' };

const lineOf = ({ name, promise, verdict, why }: Checked, width: number): string =>
  `${signs[verdict]} ${name.padEnd(width)}  ${why}${verdict === 'broken' ? `\n  ${' '.repeat(width)}  Promised: ${promise}` : ''}`;

const next = (broken: number, untried: number): string => {
  if (broken > 0) return 'Next: docs/verified.md says how each promise is kept, and where its code is.';
  return untried > 0
    ? 'What was not tried is not proved: docs/verified.md.'
    : 'docs/verified.md has what no check can show.';
};

/** @throws CommandError when nothing can be verified. A promise that does not hold is exit code 1. */
const run = async ({ options }: Call<[], typeof operatorOptions>): Promise<number> => {
  const { stage, data, json } = options;
  // Loaded here, so that the other commands do not wait for the CDK.
  const [{ checks }, { countOf, runChecks }, { findTarget, leaveTarget }] = await Promise.all([
    import('../verify/index.ts'),
    import('../verify/run-checks.ts'),
    import('../verify/target.ts'),
  ]);
  const target = await findTarget(stage, data, process.env);
  const width = Math.max(...checks.map(({ name }) => name.length));
  const progress = json ? process.stderr : process.stdout;
  progress.write(
    `Verifying ${target.isTwin ? 'the twin' : `stage ${target.stage.name}`} at ${target.deployment.apiUrl}\n\n`,
  );
  const checked = await runChecks(checks, target, (each) => void progress.write(`${lineOf(each, width)}\n`));
  leaveTarget(target);
  const [held, broken, untried] = (['held', 'broken', 'untried'] as const).map((verdict) => countOf(checked, verdict));
  const counts = { held: held ?? 0, broken: broken ?? 0, untried: untried ?? 0 };
  if (json)
    process.stdout.write(`${JSON.stringify({ stage: target.stage.name, ...counts, checks: checked }, null, 2)}\n`);
  else
    process.stdout.write(
      `\n${counts.held} hold, ${counts.broken} broken, ${counts.untried} not tried. ${next(counts.broken, counts.untried)}\n`,
    );
  return counts.broken > 0 ? 1 : 0;
};

const summary = 'Check the promises of Ringfence on what is running';

export const verify: Group = {
  name: 'verify',
  summary,
  commands: [
    defineCommand({
      name: '',
      audience: 'operators',
      summary,
      words: [],
      options: operatorOptions,
      example: 'ringfence verify --stage staging',
      notes,
      exits: 'Exit codes: 0 nothing is broken, 1 something is, 2 wrong usage.',
      run,
    }),
  ],
};
