import { CommandError } from './command-error.ts';
import { audit, auditHelp } from './commands/audit.ts';
import { catalog, catalogHelp } from './commands/catalog.ts';
import { tenants, tenantsHelp } from './commands/tenants.ts';
import { verify, verifyHelp } from './commands/verify.ts';

interface Group {
  readonly summary: string;
  readonly help: string;
  /** A command of its own, not a group of them. */
  readonly alone?: boolean;
  /** Resolves to the exit code. */
  readonly run: (words: readonly string[]) => Promise<number>;
}

const groups: Readonly<Record<string, Group>> = {
  tenants: { summary: 'Onboard, list, suspend and resume tenants, revoke a token', help: tenantsHelp, run: tenants },
  audit: { summary: 'Verify the archive of audit events', help: auditHelp, run: audit },
  catalog: { summary: 'Import and export a tenant’s catalog', help: catalogHelp, run: catalog },
  verify: { summary: 'Check the promises on what is running', help: verifyHelp, alone: true, run: verify },
};

const help = `ringfence: the command line of Ringfence

Usage: npx ringfence <group> [<command>] [options]

For operators, with AWS credentials (or against the twin that "npm start" runs):
${Object.entries(groups)
  .map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  .join('\n')}

npx ringfence <group> --help says more.
Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
`;

/** Runs one command and resolves to its exit code. Errors are one line on standard error, with the fix. */
export const main = async ([name, ...words]: readonly string[]): Promise<number> => {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help);
    return name === undefined ? 2 : 0;
  }
  const group = Object.hasOwn(groups, name) ? groups[name] : undefined;
  try {
    if (!group) throw new CommandError(`There is no group "${name}". Groups: ${Object.keys(groups).join(', ')}.`, 2);
    const isBare = words.length === 0 && !group.alone;
    if (isBare || words.includes('--help') || words.includes('-h')) {
      process.stdout.write(group.help);
      return isBare ? 2 : 0;
    }
    return await group.run(words);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    process.stderr.write(`ringfence: ${error.message}\n`);
    return error.exitCode;
  }
};
