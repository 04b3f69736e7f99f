import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { synthesize } from '../../lib/synthesize.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-bundle-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const assetsOf = (assembly: string): readonly string[] =>
  readdirSync(assembly)
    .filter((name) => /^asset\.[0-9a-f]{64}$/.test(name))
    .sort();

const exportsInWorker = (file: string): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    const source = `require('worker_threads').parentPort.postMessage(Object.keys(require(${JSON.stringify(file)})))`;
    const worker = new Worker(source, { eval: true, execArgv: ['--no-warnings'] });
    worker.once('message', resolve).once('error', reject);
  });

describe('the bundles of a stage', () => {
  const assembly = synthesize('local', join(folder, 'once'));

  it('are the same bytes from the same source, so that nothing is deployed that did not change', () => {
    expect(assetsOf(synthesize('local', join(folder, 'again')))).toEqual(assetsOf(assembly));
  });

  it('load as CommonJS in a worker, and export a handler', async () => {
    for (const asset of assetsOf(assembly)) {
      const file = join(assembly, asset, 'index.js');
      expect(readFileSync(join(assembly, asset, 'package.json'), 'utf8')).toBe('{"type":"commonjs"}\n');
      expect(await exportsInWorker(file)).toEqual(['handler']);
    }
  });

  it('carry the bcrypt of their platform exactly where they use it', () => {
    for (const asset of assetsOf(assembly)) {
      const usesBcrypt = readFileSync(join(assembly, asset, 'index.js'), 'utf8').includes('prebuilds');
      expect(existsSync(join(assembly, asset, 'prebuilds'))).toBe(usesBcrypt);
    }
    const deployed = synthesize('production', join(folder, 'production'));
    const binaries = assetsOf(deployed).flatMap((asset) => {
      const prebuilds = join(deployed, asset, 'prebuilds');
      return existsSync(prebuilds) ? readdirSync(prebuilds, { recursive: true }).map(String).sort() : [];
    });
    expect([...new Set(binaries)]).toEqual(['linux-arm64', 'linux-arm64/bcrypt.glibc.node']);
  });

  it('know nothing of the machine that built them', () => {
    for (const asset of assetsOf(assembly))
      expect(readFileSync(join(assembly, asset, 'index.js'), 'utf8')).not.toContain(process.cwd());
  });
});
