import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attacks } from '../../../bin/drill/attacks/index.ts';
import { runCommand } from '../../harness/run-command.ts';
import { type RunningStart, start } from '../start/running.ts';

const folder = mkdtempSync(join(tmpdir(), 'drill-'));
const data = join(folder, 'data');
let run: RunningStart;

beforeAll(async () => {
  run = await start('--port', '0', '--data', data);
});
afterAll(async () => {
  await run.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

it('every attack is detected and paged as its detection says; an hour of ordinary work pages nobody', async () => {
  const { code, out, err } = await runCommand('drill.js', ['--data', data]);
  const failed = out.split('\n').filter((line) => /✗|WRONG/.test(line));
  expect({ failed, err }).toEqual({ failed: [], err: '' });
  expect(out.match(/^✓ \S+: /gm)).toHaveLength(attacks.length);
  expect(out).toContain('✓ nobody was paged in 60 minutes');
  expect(code).toBe(0);
  // The people at the first terminal see each of them too.
  expect(run.screen().match(/PAGE {2}(CRITICAL|ERROR|WARNING)/g)?.length).toBeGreaterThanOrEqual(attacks.length);
}, 300_000);

it('a detection whose page does not come fails the drill, by name', async () => {
  // A page that was taken by nobody: the pager has no address to send it to any more.
  const { standIns } = JSON.parse(readFileSync(join(data, 'twin.json'), 'utf8'));
  await fetch(`${standIns}/misbehaviours`, {
    method: 'POST',
    body: JSON.stringify({ vendor: 'pagerduty', kind: 'refuse' }),
  });
  const { code, out } = await runCommand('drill.js', ['--data', data, '--only', 'trail-tampered']);
  expect([code, out]).toEqual([1, expect.stringContaining('nobody was paged about trail-changed')]);
}, 300_000);

describe('refusals: one line with the reason, nothing played', () => {
  it.each([
    [
      'no twin',
      ['--data', join(folder, 'none')],
      1,
      /No twin is running here: .* does not exist\. Start it with "npm start"/,
    ],
    ['a deployed stage', ['--stage', 'production'], 2, /pages its people on call for real.*--i-am-on-call/],
    ['an attack that is none', ['--only', 'earthquake'], 2, /There is no attack "earthquake"\. There are: guess-from/],
    ['an unknown option', ['--fast'], 2, /Unknown option '--fast'\. See "npm run drill -- --help"/],
  ] as const)('%s', async (_, args, exitCode, line) => {
    const { code, out, errorLines } = await runCommand('drill.js', args);
    expect([code, out, errorLines]).toEqual([exitCode, '', [expect.stringMatching(line)]]);
  });

  it('a twin that was killed', async () => {
    await run.end('SIGKILL');
    const { code, errorLines } = await runCommand('drill.js', ['--data', data]);
    expect([code, errorLines]).toEqual([1, [expect.stringMatching(/does not answer: it was stopped\. Start it with/)]]);
  });
});
