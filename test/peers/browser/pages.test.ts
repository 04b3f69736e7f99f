import { join } from 'node:path';
import { contract, errors, type Operation } from '../../../lambdas/contract.ts';
import { type TestTwin, workerTwin } from '../../harness/twin.ts';
import { packagesFolder } from '../packages.ts';
import { itWith } from '../programs.ts';
import { runProgram } from '../run-program.ts';

interface Seen {
  readonly name: string;
  readonly status: number;
  readonly said: readonly string[];
  readonly requests: readonly string[];
  readonly stops: number;
  readonly missed: readonly string[];
  readonly unseen: readonly string[];
  readonly isWider: boolean;
  readonly wide: readonly string[];
  readonly violations: readonly string[];
}
interface Looked {
  readonly seen: readonly Seen[];
  readonly commands: Readonly<Record<string, string>>;
  readonly selected: string;
  readonly plain: { readonly buttons: number; readonly command: string; readonly explained: string };
}

const windows = [
  { window: 'phone', viewport: { width: 320, height: 844 }, colorScheme: 'light' },
  { window: 'desktop', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
] as const;
const pages = ['docs', 'docs/errors', 'docs/errors/alias-taken', 'docs/changelog'];

let twin: TestTwin;
let looked: Promise<Looked> | undefined;

/** All at once, in one browser. `PICTURES=<folder>` leaves what it looks like there. */
const look = async (): Promise<Looked> => {
  const { apiUrl } = twin.addresses;
  const visits = windows.flatMap(({ window, ...how }) =>
    pages.map((page) => ({ name: `${page.replaceAll('/', '-')}-${window}`, url: `${apiUrl}/${page}`, ...how })),
  );
  const given = { packages: packagesFolder(), visits, reference: `${apiUrl}/docs`, pictures: process.env.PICTURES };
  const script = join(import.meta.dirname, 'open-pages.mjs');
  const { exitCode, stdout, stderr } = await runProgram(process.execPath, [script], { stdin: JSON.stringify(given) });
  if (exitCode !== 0) throw new Error(`open-pages.mjs failed: ${stderr}`);
  return JSON.parse(stdout) as Looked;
};
const whatIsSeen = (): Promise<Looked> => {
  looked ??= look();
  return looked;
};

beforeAll(async () => {
  twin = await workerTwin();
  await twin.control.throttle(false);
});
afterAll(() => twin.control.throttle(true));

const itInBrowser = itWith('chromium', 'test/peers/packages', 'curl');

itInBrowser('each page opens alone, without an error, a warning or a break of its policy', async () => {
  for (const { name, status, said, requests } of (await whatIsSeen()).seen)
    expect([name, status, said, requests.length]).toEqual([name, 200, [], 1]);
});

itInBrowser('no page is wider than a phone or a desktop', async () => {
  for (const { name, isWider, wide } of (await whatIsSeen()).seen)
    expect([name, isWider, wide]).toEqual([name, false, []]);
});

itInBrowser('whatever can be used is reached with Tab, and is seen to have the focus', async () => {
  for (const { name, stops, missed, unseen } of (await whatIsSeen()).seen) {
    expect(stops).toBeGreaterThan(4);
    expect([name, missed, unseen]).toEqual([name, [], []]);
  }
});

itInBrowser('axe finds nothing serious, in light and in dark', async () => {
  for (const { name, violations } of (await whatIsSeen()).seen) expect([name, violations]).toEqual([name, []]);
});

itInBrowser('where the clipboard is refused the command is selected; without script it is there as text', async () => {
  const { commands, selected, plain } = await whatIsSeen();
  expect(selected.replace(/\s+/g, ' ')).toBe(Object.values(commands)[0]?.replace(/\s+/g, ' '));
  expect(plain.buttons).toBe(0);
  expect(plain.command.replaceAll('$API', twin.addresses.apiUrl)).toBe(Object.values(commands)[0]);
  expect(plain.explained).toContain('$API');
});

/** Runs commands in a shell, and gives the status that the last was answered with. */
const statusOf = async (token: string, ...commands: readonly string[]): Promise<number> => {
  const script = commands.map((command) => `${command} --silent --output /dev/null --write-out '%{http_code}\\n'`);
  const env = { ...process.env, TOKEN: token };
  const { stdout, stderr } = await runProgram('bash', ['-c', script.join('\n')], { env });
  const last = stdout.trim().split('\n').at(-1);
  if (!last) throw new Error(`Nothing was answered: ${stderr}`);
  return Number(last);
};

/** What makes the thing that an operation is about. */
const makerOf = ({ path }: Operation): Operation | undefined =>
  path.includes('{') ? contract.find((each) => each.method === 'POST' && each.path === path.split('/{')[0]) : undefined;

itInBrowser('each copied command does what its operation says, for a tenant of its own', async () => {
  const { commands } = await whatIsSeen();
  const commandOf = ({ operation }: Operation): string => commands[`curl-${operation}`] ?? '';
  expect(Object.keys(commands).sort()).toEqual(contract.map(({ operation }) => `curl-${operation}`).sort());
  const reader = await twin.tenant();
  const answered = await Promise.all(
    contract.map(async (route) => {
      const maker = makerOf(route);
      const isMere = route.method === 'GET' && !maker;
      const { token } = isMere ? reader : await twin.tenant();
      const status = await statusOf(token, ...(maker ? [commandOf(maker)] : []), commandOf(route));
      return [route.operation, status];
    }),
  );
  // An id cannot be known beforehand: there the command is right, and about nothing.
  const isAboutNothing = (route: Operation): boolean => /_0{8,}["/ ]/.test(commandOf(route).split('\n')[0] ?? '');
  expect(answered).toEqual(
    contract.map((route) => [
      route.operation,
      isAboutNothing(route) ? errors['token-not-found'].status : route.answers.status,
    ]),
  );
});
