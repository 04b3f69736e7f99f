import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { contract } from '../../../lambdas/contract.ts';
import { functions } from '../../../lambdas/functions.ts';
import project from '../../../package.json' with { type: 'json' };
import { awsOperations, globalOptions } from './aws-operations.ts';
import { misuseOf } from './check-ringfence.ts';
import { type Command, everyCommand, stage } from './every-command.ts';
import { fieldsRead } from './insights-query.ts';
import { fieldsOf } from './line-fields.ts';
import { namesOnAws } from './names-on-aws.ts';
import { root } from './pages.ts';
import { commandsIn } from './run-shell.ts';

const every = everyCommand();
const by = (program: string): readonly Command[] => every.filter(({ words }) => words[0] === program);
/** Distinct ones, as rows: a page that repeats another adds nothing. */
const rows = (commands: readonly Command[]) => [
  ...new Map(
    commands.map(({ where, words }) => [words.join(' '), { command: words.join(' '), where, words }]),
  ).values(),
];
const after = (words: readonly string[], option: string): string | undefined => words[words.indexOf(option) + 1];

it('runs nothing but programs whose commands are checked here', () =>
  expect([...new Set(every.map(({ words }) => words.slice(0, words[0] === 'npx' ? 2 : 1).join(' ')))].sort()).toEqual([
    'aws',
    'curl',
    'git',
    'npm',
    'npx cdk',
    'npx ringfence',
  ]));

describe('aws', () => {
  it.each(rows(by('aws')))('$command ($where)', ({ words }) => {
    const [, service = '', operation = '', ...rest] = words;
    const known = awsOperations[`${service} ${operation}`];
    if (!known) throw new Error(`aws ${service} ${operation} is not in aws-operations.ts.`);
    const options = rest.filter((word) => word.startsWith('--'));
    expect([...known, ...globalOptions]).toEqual(expect.arrayContaining(options));
  });

  it('has no row that no page uses', () =>
    expect(Object.keys(awsOperations).sort()).toEqual(
      [...new Set(by('aws').map(({ words }) => words.slice(1, 3).join(' ')))].sort(),
    ));

  it('names nothing of ours that does not exist', () => {
    const names = namesOnAws(stage);
    const said = by('aws').flatMap(({ where, words }) =>
      words
        .filter((_, position) => !['--query', '--query-string', '--filter-pattern'].includes(words[position - 1] ?? ''))
        .flatMap((word) =>
          [...word.matchAll(/(?<![\w-])ringfence-production[\w-]*(?<!-)(?![\w-])/g)].map(([name]) => ({ where, name })),
        ),
    );
    expect(said.length).toBeGreaterThan(20);
    expect(said.filter(({ name }) => !names.has(name))).toEqual([]);
  });
});

describe('ringfence', () => {
  const whole = by('npx').filter(({ words }) => words[1] === 'ringfence' && words.length > 2);
  it.each(rows(whole))('$command ($where)', async ({ words }) => {
    expect(await misuseOf(words.slice(2))).toBeUndefined();
    if (words.includes('--stage')) expect(after(words, '--stage')).toBe('production');
  });

  it.each(['tenants suspend acme', 'tenants suspnd acme --reason x', 'tenants list --all', 'verify acme'])(
    '%s would be refused here as it is there',
    async (words) => expect(await misuseOf(words.split(' '))).toMatch(/^exit code 2: ./),
  );
});

describe('cdk', () => {
  const helpOf = (verb: string): string =>
    execFileSync(process.execPath, [join(root, 'node_modules/aws-cdk/bin/cdk'), verb, '--help'], {
      encoding: 'utf8',
      env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' },
    });
  const commands = by('npx').filter(({ words }) => words[1] === 'cdk');
  const verbs = [...new Set(commands.map(({ words }) => words[2] ?? ''))];

  it.each(verbs)('%s takes the options that pages give it, and names its stage', (verb) => {
    const help = helpOf(verb);
    expect(help).toMatch(new RegExp(`^cdk ${verb} `));
    for (const { words } of commands.filter((each) => each.words[2] === verb && each.words.length > 3)) {
      for (const option of words.filter((word) => word.startsWith('-')))
        expect(help).toMatch(new RegExp(`(?<![\\w-])${option}(?![\\w-])`));
      expect(after(words, '-c')).toBe('stage=production');
    }
  });
});

describe('npm', () => {
  it.each(rows(by('npm')))('$command ($where)', ({ words: [, verb = '', script = ''] }) => {
    if (verb === 'ci') return;
    expect(Object.keys(project.scripts)).toContain(verb === 'run' ? script : verb);
  });
});

describe('curl', () => {
  it.each(rows(by('curl')))('$command ($where)', ({ words }) => {
    const method = words.includes('-X') ? after(words, '-X') : 'GET';
    const path = /\/v1\/[^?]*$/.exec(words.find((word) => word.includes('/v1/')) ?? '')?.[0] ?? '';
    const isRoute = (route: string) => new RegExp(`^${route.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);
    expect(contract.filter((route) => route.method === method && isRoute(route.path))).toHaveLength(1);
  });
});

describe('questions to the logs', () => {
  const asked = by('aws')
    .filter(({ words }) => words.includes('start-query'))
    .map(({ where, words }) => {
      const groups = words.slice(words.indexOf('--log-group-names') + 1, words.indexOf('--start-time'));
      return { where, groups, query: after(words, '--query-string') ?? '' };
    });
  const purposes = ['access', 'trail', ...functions.map(({ name }) => name)];

  it.each(asked)('$where: $query', ({ groups, query }) => {
    expect(groups.length).toBeGreaterThan(0);
    for (const group of groups) {
      const [, purpose = ''] = /^\/ringfence\/production\/([a-z-]+)$/.exec(group) ?? [];
      expect(purposes).toContain(purpose);
      const fields = fieldsOf(purpose);
      expect(fieldsRead(query).filter((name) => !fields.has(name))).toEqual([]);
    }
  });

  it('go to every function there is', () => {
    const [{ groups = [] } = {}] = asked.filter((each) => each.groups.length > 1);
    expect([...groups].sort()).toEqual(functions.map(({ name }) => `/ringfence/production/${name}`).sort());
  });
});

describe('the check itself', () => {
  it.each(['aws-vault exec', 'STAGE=', 'if true; then', 'echo "$UNSET"', '. docs/runbooks/missing.sh'])(
    'does not let pass: %s',
    (text) => {
      if (text === 'STAGE=')
        expect(() => commandsIn('STAGE=\n. docs/runbooks/on-call.sh')).toThrow('the stage that paged');
      else expect(() => commandsIn(text)).toThrow('The shell ended with');
    },
  );

  it.each([
    ['filter event = "x" | stats count(*) as calls by tenant, reason | sort calls desc', ['event', 'tenant', 'reason']],
    ['filter a like /b|c/ and not ispresent(d.0.e) | fields @timestamp', ['a', 'd.0.e', '@timestamp']],
    ['fields datefloor(@timestamp, 5m) as period | stats pct(x, 99) as p99 by period', ['@timestamp', 'x']],
  ])('reads the fields of: %s', (query, fields) => expect([...fieldsRead(query)].sort()).toEqual([...fields].sort()));

  it('knows what is no command of Logs Insights', () =>
    expect(() => fieldsRead('filter a = 1 | where b = 2')).toThrow('"where" is no command'));
});
