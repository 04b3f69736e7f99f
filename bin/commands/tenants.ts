import { callOperators } from '../call-operators.ts';
import { CommandError } from '../command-error.ts';
import { type OperatorsEndpoint, operatorsEndpoint } from '../operators-endpoint.ts';
import { parseWords, stageOptions } from '../parse-words.ts';
import {
  describeRevocation,
  describeTenant,
  type Registration,
  type Revocation,
  stepLine,
  tenantTable,
} from './tenant-text.ts';

export const tenantsHelp = `ringfence tenants: onboard, list, suspend and resume tenants, revoke a token

Usage: npx ringfence tenants <command> [options]

  create <slug> --name <name> --owner-email <email>
                       Make a tenant and print its first owner's token, once.
                       Safe to repeat: it goes on where it stopped.
  reissue <slug> --reason <text>
                       A new owner's token for a tenant that has lost its own
  revoke-token <slug> <token id> --reason <text>
                       Refuse one token (tok_…) from now on, and nothing else.
                       Safe to repeat. Cannot be undone: issue another.
  list                 All tenants
  show <slug>          One tenant
  suspend <slug> --reason <text>
                       Refuse every call of the tenant from now on
  resume <slug> --reason <text>
                       Let it call again

Options:
  --stage <stage>      A deployed stage, through your usual AWS profile.
                       Without it: the twin that "npm start" runs.
  --data <folder>      The twin's data folder (default .ringfence)
  --json               Answer as JSON

Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
`;

const help = 'npx ringfence tenants --help';

const options = {
  name: { type: 'string' },
  'owner-email': { type: 'string' },
  reason: { type: 'string' },
  ...stageOptions,
} as const;

const parse = (words: readonly string[]) => parseWords(words, options, { allowPositionals: true, help });
type Values = ReturnType<typeof parse>['values'];

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
const json = (value: unknown): void => print(JSON.stringify(value, null, 2));

interface Call {
  readonly endpoint: OperatorsEndpoint;
  readonly slug: string;
  readonly tokenId: string;
  readonly values: Values;
}

interface Issued {
  readonly registration: Registration;
  readonly token?: string;
  /** Each step of onboarding and why it is there. */
  readonly steps: Readonly<Record<string, string>>;
}

/** Prints a token that is new and tells the service, which until then would issue another in its place. */
const handOver = async ({ endpoint, slug, values }: Call, { registration, token, steps }: Issued): Promise<void> => {
  if (values.json) json({ ...registration, ...(token && { token }) });
  else {
    print(`${describeTenant(registration)}\n`);
    const names = Object.keys(steps);
    const made = names.slice(0, names.indexOf(registration.step) + 1);
    for (const step of made) print(stepLine(step, steps[step]));
    if (!token) print('\nIt was onboarded before: nothing changed, and its first token is not shown again.');
  }
  if (!token) return;
  if (!values.json) print(`\nThe first owner's token, shown this once and valid for 30 days:\n\n${token}\n`);
  // Only now that the token is out may the service stop issuing another.
  await callOperators(endpoint, { command: 'confirm', slug, token: registration.firstToken }).catch((error: Error) => {
    throw new CommandError(`${error.message} The token above may be replaced: repeat the command for one that lasts.`);
  });
  if (!values.json) print(`${stepLine('handed-over', steps['handed-over'])}\n\nNext: hand the token to the owner.`);
};

const create = async (call: Call): Promise<void> => {
  const { slug, values } = call;
  const command = { command: 'create', slug, name: values.name, ownerEmail: values['owner-email'] };
  await handOver(call, await callOperators<Issued>(call.endpoint, command));
};

const reissue = async (call: Call): Promise<void> => {
  const command = { command: 'reissue', slug: call.slug, reason: call.values.reason };
  await handOver(call, await callOperators<Issued>(call.endpoint, command));
};

const list = async ({ endpoint, values }: Call): Promise<void> => {
  const items: Registration[] = [];
  let after: string | undefined;
  do {
    const page = await callOperators<{ items: Registration[]; next?: string }>(endpoint, {
      command: 'list',
      ...(after && { after }),
    });
    items.push(...page.items);
    after = page.next;
  } while (after);
  if (values.json) return json(items);
  print(tenantTable(items));
  if (items.length === 0) note('No tenants yet. Make one with "npx ringfence tenants create".');
};

const change =
  (command: 'suspend' | 'resume') =>
  async ({ endpoint, slug, values }: Call): Promise<void> => {
    const { registration } = await callOperators<{ registration: Registration }>(endpoint, {
      command,
      slug,
      reason: values.reason,
    });
    if (values.json) return json(registration);
    print(
      `${registration.slug} is ${registration.state}. Answers that the gateway remembers last until the revoke-to-deny bound (30 s by default).`,
    );
  };

const revokeToken = async ({ endpoint, slug, tokenId, values }: Call): Promise<void> => {
  const command = { command: 'revoke-token', slug, tokenId, reason: values.reason };
  const revocation = await callOperators<Revocation>(endpoint, command);
  if (values.json) return json(revocation);
  print(describeRevocation(revocation));
};

const show = async ({ endpoint, slug, values }: Call): Promise<void> => {
  const { registration, reason } = await callOperators<{ registration: Registration; reason?: string }>(endpoint, {
    command: 'show',
    slug,
  });
  if (values.json) return json({ ...registration, ...(reason && { reason }) });
  print(describeTenant(registration, reason));
};

interface Command {
  readonly run: (call: Call) => Promise<void>;
  /** What it is about, in this order. */
  readonly of: readonly ('slug' | 'token id')[];
  /** Options it cannot do without; it takes no others but those of every command. */
  readonly needs: readonly ('name' | 'owner-email' | 'reason')[];
}

const commands: Readonly<Record<string, Command>> = {
  create: { run: create, of: ['slug'], needs: ['name', 'owner-email'] },
  reissue: { run: reissue, of: ['slug'], needs: ['reason'] },
  'revoke-token': { run: revokeToken, of: ['slug', 'token id'], needs: ['reason'] },
  list: { run: list, of: [], needs: [] },
  show: { run: show, of: ['slug'], needs: [] },
  suspend: { run: change('suspend'), of: ['slug'], needs: ['reason'] },
  resume: { run: change('resume'), of: ['slug'], needs: ['reason'] },
};

const misused = (text: string): never => {
  throw new CommandError(`${text} See "${help}".`, 2);
};

/** @throws CommandError with exit code 2 for words and options that the command does not have, or misses. */
export const tenants = async (words: readonly string[]): Promise<number> => {
  const { values, positionals } = parse(words);
  const [name = '', ...given] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) return misused(`There is no command "tenants ${name}".`);
  const extra = given[command.of.length];
  if (extra !== undefined) misused(`"${extra}" is one word too many.`);
  const missing = command.of.find((_, at) => !given[at]);
  if (missing) misused(`"tenants ${name}" needs a ${missing}.`);
  const [slug = '', tokenId = ''] = given;
  for (const option of ['name', 'owner-email', 'reason'] as const) {
    const isNeeded = command.needs.includes(option);
    if (isNeeded && !values[option]) misused(`"tenants ${name}" needs --${option}.`);
    if (!isNeeded && values[option] !== undefined) misused(`"tenants ${name}" takes no --${option}.`);
  }
  await command.run({ endpoint: await operatorsEndpoint(values.stage, values.data), slug, tokenId, values });
  return 0;
};
