import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { templateFilesIn } from '../../../bin/verify/templates.ts';
import { ask } from '../../harness/http.ts';
import { runTwin, type TwinAddresses } from '../../harness/run-twin.ts';
import { type FreshTenant, freshTenant } from '../../harness/tenant.ts';

const root = resolve(import.meta.dirname, '../../..');
export const assembly = (): string => process.env.RINGFENCE_TEST_ASSEMBLY ?? '';

export interface Verified {
  readonly exitCode: number;
  readonly output: string;
  /** Names of checks by verdict; empty without --json. */
  readonly of: (verdict: 'held' | 'broken' | 'untried') => readonly string[];
}

/** Runs `ringfence verify` as an operator does. */
export const runVerify = (words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Verified> =>
  new Promise((resolved) => {
    const options = { cwd: root, env: { ...process.env, ...env, NODE_OPTIONS: '--no-warnings' } };
    execFile(
      process.execPath,
      [join(root, 'bin/ringfence.js'), 'verify', ...words],
      options,
      (error, stdout, stderr) => {
        const { checks = [] }: { checks?: readonly { name: string; verdict: string }[] } = stdout.startsWith('{')
          ? JSON.parse(stdout)
          : {};
        resolved({
          exitCode: Number(error?.code ?? 0),
          output: stdout + stderr,
          of: (verdict) => checks.filter((each) => each.verdict === verdict).map(({ name }) => name),
        });
      },
    );
  });

export interface Running {
  readonly addresses: TwinAddresses;
  /** Its data folder. */
  readonly data: string;
  /** Tokens of two tenants; the second has things to ask for, more than a page of one. */
  readonly tokens: Readonly<Record<string, string>>;
  stop(): void;
}

const stock = async (addresses: TwinAddresses, { token }: FreshTenant): Promise<void> => {
  for (const name of ['One', 'Two']) {
    await ask(addresses.apiUrl, 'POST', '/v1/teams', { token, body: { name } });
    await ask(addresses.apiUrl, 'POST', '/v1/services', { token, body: { name, tier: 1 } });
  }
};

/** A twin with two tenants, of the test assembly or of a changed copy of it. */
export const runStocked = async (name: string, of: string = assembly()): Promise<Running> => {
  // Goes with the run, when the twin has ended.
  const data = join(process.env.RINGFENCE_TEST_RUN ?? '', `verify-data-${name}`);
  const addresses = await runTwin(`verify-${name}-${process.env.JEST_WORKER_ID}`, { data, assembly: of });
  const [own, other] = [await freshTenant(addresses), await freshTenant(addresses)];
  await stock(addresses, other);
  return {
    addresses,
    data,
    tokens: { RINGFENCE_TOKEN: own.token, RINGFENCE_OTHER_TOKEN: other.token },
    stop: () => {
      process.kill(addresses.pid, 'SIGTERM');
    },
  };
};

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Template = { Resources: Record<string, { Type: string; Properties: Record<string, Json> }> };

/** The template of a stack in the test assembly, to be changed. */
export const templateOf = (stack: string): Template => JSON.parse(templateFilesIn(assembly()).get(stack)?.text ?? '{}');

/** A copy of the test assembly with changed templates. */
export const changedAssembly = (
  change: (stack: string, template: Template) => void,
): { readonly path: string; remove(): void } => {
  const path = mkdtempSync(join(tmpdir(), 'verify-assembly-'));
  cpSync(assembly(), path, { recursive: true });
  for (const [stack, { file, text }] of templateFilesIn(path)) {
    const template: Template = JSON.parse(text);
    change(stack, template);
    writeFileSync(file, JSON.stringify(template));
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};
