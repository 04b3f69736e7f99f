import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../harness/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'refusals-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('wrong usage of npm start: one line, exit code 2', () => {
  it.each([
    [['--port', 'http'], /^--port is "http": give a port from 0 to 65535\.$/],
    [['--port', '65536'], /^--port is "65536"/],
    [['--port', '80.5'], /^--port is "80\.5"/],
    [['--port', ''], /^--port is ""/],
    [['--data', ''], /^--data is empty/],
    [['--prot', '1'], /^Unknown option '--prot'\. See "npm start -- --help"\.$/],
    [['4000'], /^Unexpected argument '4000'.*See "npm start -- --help"\.$/],
  ])('%j', async (args, line) => {
    const { code, out, errorLines } = await runCommand('start.js', args);
    expect([code, out, errorLines]).toEqual([2, '', [expect.stringMatching(line)]]);
  });

  it('--help tells every option', async () => {
    const { code, out, err } = await runCommand('start.js', ['--help']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/--port.*--data.*--fresh/s);
  });
});

describe('data that npm start cannot use: one line with the fix, before anything is built', () => {
  const place = (name: string, files: Readonly<Record<string, string>>): string => {
    const path = join(folder, name);
    mkdirSync(path);
    for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
    return path;
  };
  it.each([
    ['older', { 'format.json': '{"format":0}' }, /has format 0, older than 1\. Start with --fresh/],
    ['newer', { 'format.json': '{"format":2}' }, /has format 2, newer than 1\. Start with --fresh/],
    ['damaged', { 'format.json': '{' }, /is unreadable\. Start with --fresh/],
    ['other-things', { 'thesis.txt': 'x' }, /holds other files and is no data folder.*Name an empty folder/],
  ])('%s', async (name, files, line) => {
    const { code, out, errorLines } = await runCommand('start.js', ['--data', place(name, files)]);
    expect([code, out, errorLines]).toEqual([1, '', [expect.stringMatching(line)]]);
  });

  it('a file in place of the folder', async () => {
    const path = join(place('file', { plain: 'x' }), 'plain');
    const { code, out, errorLines } = await runCommand('start.js', ['--data', path]);
    const line = /^Cannot use the data folder .*(EEXIST|ENOTDIR).* Make it readable and writable, or name another\.$/;
    expect([code, out, errorLines]).toEqual([1, '', [expect.stringMatching(line)]]);
  });
});

describe('Node too old', () => {
  const as = (version: string) => [
    '--import',
    `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`,
  ];
  it.each(['start.js', 'ringfence.js'] as const)('%s says which is needed, in one line', async (program) => {
    for (const version of ['18.20.4', '20.10.0', '9.11.2']) {
      const { code, out, errorLines } = await runCommand(program, ['--help'], { node: as(version) });
      const line = `Node ${version} is too old: Ringfence needs 20.11 or newer. Install it from https://nodejs.org.`;
      expect([code, out, errorLines]).toEqual([1, '', [line]]);
    }
  });
  it.each(['20.11.0', '22.0.0', '100.1.0'])('%s is new enough', async (version) => {
    expect((await runCommand('ringfence.js', ['--help'], { node: as(version) })).code).toBe(0);
  });
});
