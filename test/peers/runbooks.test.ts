import { type Command, everyCommand } from '../unit/runbooks/every-command.ts';
import { itWith } from './programs.ts';
import { runPython } from './run-program.ts';

/** `aws logs tail` is the CLI's own, and no call of a service: the CLI cannot check it without sending. */
const isCall = ({ words }: Command): boolean => words[0] === 'aws' && !(words[1] === 'logs' && words[2] === 'tail');
/** In running text a command may stand for its name alone. */
const isWhole = ({ words }: Command): boolean => words.length > 3 || words[1] === 'sts' || words[1] === 'iam';

const complaints = (commands: readonly (readonly string[])[]) =>
  runPython<readonly (string | null)[]>('awscli', 'check-aws-commands.py', commands);

itWith('awscli')('the AWS CLI would send every command of the runbooks', async () => {
  const commands = [
    ...new Map(
      everyCommand()
        .filter(isCall)
        .filter(isWhole)
        .map((each) => [each.words.join(' '), each]),
    ).values(),
  ];
  expect(commands.length).toBeGreaterThan(80);
  const said = await complaints(commands.map(({ words }) => words.slice(1)));
  expect(
    commands.flatMap(({ where, words }, at) => (said[at] ? [{ where, command: words.join(' '), said: said[at] }] : [])),
  ).toEqual([]);
});

itWith('awscli')('and says so of one that it would not', async () => {
  const wrong = [
    'lambda put-function-concurrency --function-name catalog',
    'lambda put-function-concurrency --function-name catalog --reserved-concurrency 0',
    'lambda stop-function --function-name catalog',
    'wafv2 list-ip-sets --scope Regional-ish --limit many',
    'cloudtrail start-logging',
    'kms list-aliases --query Alias',
    'kms list-aliases --query Aliases[.AliasName',
  ];
  const right = ['kms', 'list-aliases', '--query', 'Aliases[].AliasName'];
  const [none, ...said] = await complaints([right, ...wrong.map((command) => command.split(' '))]);
  expect(none).toBeNull();
  expect(said.map((each) => each !== null)).toEqual(wrong.map(() => true));
});
