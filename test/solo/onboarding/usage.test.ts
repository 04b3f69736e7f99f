import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from '../../../bin/command-error.ts';
import { runWords } from '../../../bin/command-line.ts';
import { runCommand } from '../../harness/run-command.ts';
import { type SoloTwin, soloTwin } from '../../harness/solo-twin.ts';
import { newSlug } from './operators.ts';

let folder: string;
let twin: SoloTwin;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  twin = await soloTwin({ data: join(folder, 'data') });
});
afterAll(async () => {
  await twin.end();
  rmSync(folder, { recursive: true, force: true });
});

const run = (words: readonly string[], env: Readonly<Record<string, string | undefined>> = {}) =>
  runCommand('ringfence.js', words, { env: { RINGFENCE_DATA: join(folder, 'data'), ...env } });

describe('wrong usage: one line that names it, exit code 2, and nothing done', () => {
  const who = ['--name', 'N', '--owner-email', 'o@example.com'];
  it.each([
    [['destroy'], 'There is no command "tenants destroy".'],
    [['toString'], 'There is no command "tenants toString".'],
    [['create', ...who], '"tenants create" needs a slug.'],
    [['create', 'acme', '--owner-email', 'o@example.com'], '"tenants create" needs --name.'],
    [['create', 'acme', '--name', '', '--owner-email', 'o@example.com'], '"tenants create" needs --name.'],
    [['create', 'acme', '--name', 'N'], '"tenants create" needs --owner-email.'],
    [['create', 'acme', 'inc', ...who], '"inc" is one word too many.'],
    [['create', 'Acme Inc', ...who], /^slug: expected lower-case letters and digits.*\.$/],
    [['create', 'acme', '--name', 'N', '--owner-email', 'nobody'], /^--owner-email: expected .*\.$/],
    [['create', 'acme', '--name', 'N'.repeat(500), '--owner-email', 'x'], /^--name: expected .*; --owner-email: .*\.$/],
    [['suspend', 'acme'], '"tenants suspend" needs --reason.'],
    [['suspend', '--reason', 'Unpaid'], '"tenants suspend" needs a slug.'],
    [['resume', 'acme', '--name', 'N', '--reason', 'x'], '"tenants resume" takes no --name.'],
    [['show', 'acme', '--reason', 'x'], '"tenants show" takes no --reason.'],
    [['revoke-token', 'acme', '--reason', 'x'], '"tenants revoke-token" needs a token id.'],
    [['revoke-token', '--reason', 'x'], '"tenants revoke-token" needs a slug.'],
    [['revoke-token', 'acme', 'tok_hwhGtmYizGd7fdLv'], '"tenants revoke-token" needs --reason.'],
    [['revoke-token', 'acme', 'tok_hwhGtmYizGd7fdLv', 'x', '--reason', 'x'], '"x" is one word too many.'],
    [['revoke-token', 'acme', 'hwhGtmYizGd7fdLv', '--reason', 'x'], /^token id: expected tok_ and 16 .*\.$/],
    [['list', 'acme'], '"acme" is one word too many.'],
    [['list', '--stagee', 'x'], "Unknown option '--stagee'."],
    [['list', '--stage'], "Option '--stage <value>' argument missing."],
  ])('%j', async (words, line) => {
    const next = await twin.control.callsSoFar();
    const told = await runWords(['tenants', '--data', join(folder, 'data'), ...words]).then(
      () => undefined,
      (error: CommandError) => error,
    );
    expect(told).toBeInstanceOf(CommandError);
    expect([told?.exitCode, told?.message.split('\n').length]).toEqual([2, 1]);
    expect(told?.message.replace(/ See "npx ringfence tenants( [a-z-]+)? --help"\.$/, '')).toMatch(line);
    const { entries } = await twin.control.calls(next);
    expect(entries.filter(({ operation }) => /Put|Transact/.test(operation))).toEqual([]);
  });

  it.each([
    [['tenant'], 'ringfence: There is no group "tenant". Did you mean tenants? See "npx ringfence --help".'],
    [['tenants', 'list', 'acme'], 'ringfence: "acme" is one word too many. See "npx ringfence tenants list --help".'],
  ])('at a terminal: %j', async (words, line) => {
    const { code, out, errorLines } = await run(words);
    expect([code, out, errorLines]).toEqual([2, '', [line]]);
  });

  it.each([[['--help']], [['tenants', '--help']], [['tenants', 'create', '-h']]])('%j prints help', async (words) => {
    const { code, out, err } = await run(words);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Usage: npx ringfence');
  });
});

describe('what cannot be done: one line with the fix, exit code 1', () => {
  it.each([
    ['show', []],
    ['suspend', ['--reason', 'x']],
    ['resume', ['--reason', 'x']],
    ['reissue', ['--reason', 'x']],
    ['revoke-token', ['tok_hwhGtmYizGd7fdLv', '--reason', 'x']],
  ])('%s of a tenant that is not there', async (command, rest) => {
    const { code, errorLines } = await run(['tenants', command, newSlug(), ...rest]);
    expect([code, errorLines]).toEqual([1, [expect.stringMatching(/no tenant with this slug.*tenants list/)]]);
  });

  it('no twin runs on the data', async () => {
    const { code, errorLines } = await run(['tenants', 'list', '--data', join(folder, 'nowhere')]);
    expect([code, errorLines]).toEqual([1, [expect.stringMatching(/No twin is running here.*npm start.*--stage/)]]);
  });

  it.each(['{', '{}'])('an address file that says %s', async (text) => {
    writeFileSync(join(folder, 'twin.json'), text);
    const { code, errorLines } = await run(['tenants', 'list', '--data', folder]);
    expect([code, errorLines]).toEqual([1, [expect.stringContaining('npm start')]]);
  });

  it('a twin that was killed', async () => {
    const data = join(folder, 'killed');
    const killed = await soloTwin({ data });
    await killed.end('SIGKILL');
    const { code, errorLines } = await run(['tenants', 'list', '--data', data]);
    expect([code, errorLines]).toEqual([1, [expect.stringMatching(/cannot be reached \(ECONNREFUSED\)/)]]);
  });

  const nobody = { AWS_CONFIG_FILE: '/none', AWS_SHARED_CREDENTIALS_FILE: '/none', AWS_EC2_METADATA_DISABLED: 'true' };
  it('a stage without a region', async () => {
    const { code, errorLines } = await run(['tenants', 'list', '--stage', 'staging'], nobody);
    expect([code, errorLines]).toEqual([1, [expect.stringMatching(/No AWS region is set.*AWS_PROFILE/)]]);
  });

  it('a stage without credentials', async () => {
    const { code, errorLines } = await run(['tenants', 'list', '--stage', 'staging'], {
      ...nobody,
      AWS_REGION: 'eu-central-1',
    });
    expect([code, errorLines]).toEqual([1, [expect.stringMatching(/No AWS credentials.*aws sso login/)]]);
  });
});

describe('a deployed stage', () => {
  let server: Server;
  let environment: Readonly<Record<string, string>>;
  /** Stands where CloudFormation does: knows the stack of `staging`, which is this file's twin. */
  beforeAll(async () => {
    const { outputs, region, administrator } = twin.addresses;
    const url = Object.values(outputs).find((values) => values.OperatorsUrl)?.OperatorsUrl;
    server = createServer(async (request, response) => {
      let asked = '';
      for await (const chunk of request) asked += chunk;
      const isKnown = new URLSearchParams(asked).get('StackName') === 'ringfence-staging-api';
      response.writeHead(isKnown ? 200 : 400, { 'content-type': 'text/xml' });
      response.end(
        isKnown
          ? `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>ringfence-staging-api</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs><member><OutputKey>OperatorsUrl</OutputKey><OutputValue>${url}</OutputValue></member></Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`
          : '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack does not exist</Message></Error></ErrorResponse>',
      );
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    environment = {
      AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: administrator.accessKeyId,
      AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
      AWS_SESSION_TOKEN: administrator.sessionToken,
    };
  });
  afterAll(() => server.close());

  it('is found by its stack and called as the AWS identity of the environment', async () => {
    const words = ['tenants', 'create', newSlug(), '--name', 'N', '--owner-email', 'o@example.com'];
    const { code, out, err } = await run([...words, '--stage', 'staging'], environment);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('✓ handed-over');
  });

  it('that is not deployed: one line with the deploy', async () => {
    const { code, errorLines } = await run(['tenants', 'list', '--stage', 'nowhere'], environment);
    const line = /The stack ringfence-nowhere-api cannot be read.*npx cdk deploy --all -c stage=nowhere/;
    expect([code, errorLines]).toEqual([1, [expect.stringMatching(line)]]);
  });

  it('that does not know the identity: one line that says what it needs', async () => {
    const stranger = { ...environment, AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SESSION_TOKEN: '' };
    const { code, errorLines } = await run(['tenants', 'list', '--stage', 'staging'], stranger);
    expect([code, errorLines]).toEqual([1, [expect.stringMatching(/AWS refused the call.*lambda:InvokeFunctionUrl/)]]);
  });
});
