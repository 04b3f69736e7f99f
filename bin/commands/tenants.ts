import { parseArgs } from 'node:util';
import { callOperators } from '../call-operators.ts';
import { CommandError } from '../command-error.ts';
import { type OperatorsEndpoint, operatorsEndpoint } from '../operators-endpoint.ts';
import { asTable } from '../table.ts';

export const tenantsHelp = `ringfence tenants: onboard, list, suspend and resume tenants

Usage: npx ringfence tenants <command> [options]

  create <slug> --name <name> --owner-email <email>
                       Make a tenant and print its first owner's token, once.
                       Safe to repeat: it goes on where it stopped.
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
`;

interface Registration {
  readonly slug: string;
  readonly tenant: string;
  readonly name: string;
  readonly ownerEmail: string;
  readonly owner: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly step: string;
  readonly firstToken?: string;
  readonly state: string;
}

const options = {
  name: { type: 'string' },
  'owner-email': { type: 'string' },
  reason: { type: 'string' },
  stage: { type: 'string' },
  data: { type: 'string', default: process.env.RINGFENCE_DATA ?? '.ringfence' },
  json: { type: 'boolean', default: false },
} as const;

const parse = (words: readonly string[]) => {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new CommandError(
      `${(error as Error).message.split('. To specify')[0]}. See "npx ringfence tenants --help".`,
      2,
    );
  }
};
type Parsed = ReturnType<typeof parse>;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const need = (value: string | undefined, what: string, command: string): string => {
  if (value) return value;
  throw new CommandError(`"tenants ${command}" needs ${what}. See "npx ringfence tenants --help".`, 2);
};

const describe = (registration: Registration): string =>
  asTable(
    ['', ''],
    [
      ['slug', registration.slug],
      ['tenant', registration.tenant],
      ['name', registration.name],
      ['state', registration.state],
      ['onboarding', registration.step],
      ['owner', `${registration.ownerEmail} (${registration.owner})`],
      ['created', `${registration.createdAt} by ${registration.createdBy}`],
    ],
  ).trimStart();

const create = async (endpoint: OperatorsEndpoint, slug: string, { values }: Parsed): Promise<void> => {
  const command = {
    command: 'create',
    slug,
    name: need(values.name, '--name', 'create'),
    ownerEmail: need(values['owner-email'], '--owner-email', 'create'),
  };
  const created = await callOperators<{ registration: Registration; token?: string; steps: Record<string, string> }>(
    endpoint,
    command,
  );
  const { registration, token } = created;
  if (values.json) print(JSON.stringify({ ...registration, ...(token && { token }) }, null, 2));
  else {
    print(describe(registration));
    print('');
    for (const [step, why] of Object.entries(created.steps)) print(`  ✓ ${step.padEnd(13)} ${why}`);
    print(
      token
        ? `\nThe first owner's token, shown this once and valid for 30 days:\n\n${token}\n`
        : '\nIt was onboarded before: nothing changed, and its first token is not shown again.',
    );
  }
  if (!token) return;
  // Only now that the token is out may the service stop issuing another.
  await callOperators(endpoint, { command: 'confirm', slug, token: registration.firstToken });
};

const list = async (endpoint: OperatorsEndpoint, { values }: Parsed): Promise<void> => {
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
  if (values.json) return print(JSON.stringify(items, null, 2));
  const rows = items.map((item) => [
    item.slug,
    item.tenant,
    item.state,
    item.step,
    item.createdAt.slice(0, 10),
    item.name,
  ]);
  print(asTable(['SLUG', 'TENANT', 'STATE', 'ONBOARDING', 'CREATED', 'NAME'], rows));
  if (items.length === 0) note('No tenants yet. Make one with "npx ringfence tenants create".');
};

const change = async (
  endpoint: OperatorsEndpoint,
  command: 'suspend' | 'resume',
  slug: string,
  { values }: Parsed,
): Promise<void> => {
  const reason = need(values.reason, '--reason', command);
  const { registration } = await callOperators<{ registration: Registration }>(endpoint, { command, slug, reason });
  if (values.json) return print(JSON.stringify(registration, null, 2));
  print(
    `${registration.slug} is ${registration.state}. Answers that the gateway remembers last until the revoke-to-deny bound (30 s by default).`,
  );
};

const show = async (endpoint: OperatorsEndpoint, slug: string, { values }: Parsed): Promise<void> => {
  const { registration, reason } = await callOperators<{ registration: Registration; reason?: string }>(endpoint, {
    command: 'show',
    slug,
  });
  print(values.json ? JSON.stringify({ ...registration, ...(reason && { reason }) }, null, 2) : describe(registration));
  if (reason && !values.json) print(`reason      ${reason}`);
};

export const tenants = async (words: readonly string[]): Promise<number> => {
  const parsed = parse(words);
  const [command = '', slug, ...rest] = parsed.positionals;
  if (!['create', 'list', 'show', 'suspend', 'resume'].includes(command)) {
    throw new CommandError(`There is no command "tenants ${command}". See "npx ringfence tenants --help".`, 2);
  }
  if (rest.length > 0)
    throw new CommandError(`"${rest[0]}" is one word too many. See "npx ringfence tenants --help".`, 2);
  const endpoint = await operatorsEndpoint(parsed.values.stage, parsed.values.data);
  const named = () => need(slug, 'a slug', command);
  if (command === 'list') await list(endpoint, parsed);
  else if (command === 'create') await create(endpoint, named(), parsed);
  else if (command === 'show') await show(endpoint, named(), parsed);
  else await change(endpoint, command as 'suspend' | 'resume', named(), parsed);
  return 0;
};
