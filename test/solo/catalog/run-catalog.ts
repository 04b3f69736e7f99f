import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ImportResult } from '../../../bin/catalog/import-result.ts';
import { type Ended, runCommand } from '../../harness/run-command.ts';
import type { FreshTenant } from '../../harness/tenant.ts';

const root = resolve(import.meta.dirname, '../../..');
export const shop = join(root, 'examples/teashop');
/** The 18 teams and 136 components of GOV.UK, where they are beside the repository. */
export const govuk = resolve(root, '../shared/data/govuk-catalog-info.yaml');
export const hasGovuk = existsSync(govuk);

export interface CatalogCommand {
  run(words: readonly string[], node?: readonly string[]): Promise<Ended>;
  import(path: string, ...words: readonly string[]): Promise<ImportResult & { readonly code: number | null }>;
  export(): Promise<string>;
  /** Exports to somebody who closes at once. */
  unread(): Promise<Pick<Ended, 'code' | 'errorLines'>>;
  /** Begins to import, and kills it after that long. Whether it was still at it. */
  killed(path: string, afterMs: number): Promise<boolean>;
}

/** The command line, for one tenant. */
export const catalogOf = (url: string, { token }: FreshTenant): CatalogCommand => {
  const env = { RINGFENCE_URL: url, RINGFENCE_TOKEN: token };
  const run: CatalogCommand['run'] = (words, node = []) =>
    runCommand('ringfence.js', ['catalog', ...words], { env, node });
  return {
    run,
    import: async (path, ...words) => {
      const { code, out, err } = await run(['import', path, '--json', ...words]);
      if (!out) throw new Error(err);
      return { ...(JSON.parse(out) as ImportResult), code };
    },
    export: async () => {
      const { code, out, err } = await run(['export']);
      if (code !== 0) throw new Error(err);
      return out;
    },
    unread: () =>
      new Promise((done) => {
        const { NODE_OPTIONS: _, ...inherited } = process.env;
        const child = spawn(process.execPath, [join(root, 'bin/ringfence.js'), 'catalog', 'export'], {
          env: { ...inherited, ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        child.stdout.destroy();
        let err = '';
        child.stderr.on('data', (chunk) => {
          err += chunk;
        });
        child.on('close', (code) => done({ code, errorLines: err.split('\n').filter(Boolean) }));
      }),
    killed: async (path, afterMs) => {
      const { NODE_OPTIONS: _, ...inherited } = process.env;
      const child = spawn(process.execPath, [join(root, 'bin/ringfence.js'), 'catalog', 'import', path], {
        env: { ...inherited, ...env },
        stdio: 'ignore',
      });
      const ended = new Promise((done) => child.on('close', done));
      await Promise.race([ended, wait(afterMs)]);
      const wasAtIt = child.exitCode === null;
      child.kill('SIGKILL');
      await ended;
      return wasAtIt;
    },
  };
};
