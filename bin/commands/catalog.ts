import { createClient, ProblemError } from '../../lambdas/client.ts';
import { runExport } from '../catalog/run-export.ts';
import { runImport } from '../catalog/run-import.ts';
import { CommandError } from '../command-error.ts';
import { parseWords } from '../parse-words.ts';

export const catalogHelp = `ringfence catalog: bring a catalog in, and give it back, as Backstage descriptors

Usage: npx ringfence catalog <command> [options]

  import <file or folder>...
                       Create and change what the descriptors say: teams, services, repositories.
                       Safe to repeat: a second run changes nothing.
  export               Write the whole catalog in the same format

Options:
  --dry-run            import: show what would be created and changed, and send nothing
  --verbose            import: every finding on a line of its own
  --json               import: answer as JSON
  --out <path>         export: a file, or a folder for one file of each kind (default: standard output)

Environment:
  RINGFENCE_URL        Where the API is
  RINGFENCE_TOKEN      A token that may read services, teams and repositories, and for import write them

docs/catalog-import.md says which field becomes what.

Exit codes: 0 done, 1 something was refused or left out (the rest is done) or failed, 2 wrong usage.
`;

const help = 'npx ringfence catalog --help';
const options = {
  'dry-run': { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  out: { type: 'string' },
} as const;

const misused = (text: string): never => {
  throw new CommandError(`${text} See "${help}".`, 2);
};

const fromEnvironment = (name: string): string =>
  process.env[name] || misused(`${name} is not set: it says where the API is, and who you are to it.`);

const failure = (error: unknown): unknown => {
  if (error instanceof ProblemError) return new CommandError(error.message);
  if (error instanceof TypeError) return new CommandError(`The API cannot be reached: ${error.message}.`);
  return error;
};

/** @throws CommandError with exit code 2 for words it does not have. */
export const catalog = async (words: readonly string[]): Promise<number> => {
  const { values, positionals } = parseWords(words, options, { allowPositionals: true, help });
  const [name = '', ...paths] = positionals;
  const client = createClient({ url: fromEnvironment('RINGFENCE_URL'), token: fromEnvironment('RINGFENCE_TOKEN') });
  try {
    if (name === 'export') {
      await runExport(client, values.out, (line) => void process.stderr.write(`${line}\n`));
      return 0;
    }
    if (name !== 'import') return misused(`There is no command "catalog ${name}".`);
    if (paths.length === 0) misused('"catalog import" needs a file or folder.');
    const { 'dry-run': isDryRun, verbose: isVerbose, json: isJson } = values;
    const { text, exitCode } = await runImport(client, { paths, isDryRun, isVerbose, isJson });
    process.stdout.write(`${text}\n`);
    return exitCode;
  } catch (error) {
    throw failure(error);
  }
};
