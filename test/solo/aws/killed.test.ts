import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { plainTable, startLocal } from './local-world.ts';

/** Processes that have the folder's database on their command line. */
const engines = (folder: string): readonly string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
    } catch {
      return false;
    }
  });

it('loses no acknowledged write when it is killed, and leaves no engine behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'killed-'));
  const script = join(import.meta.dirname, 'killed-endpoint.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let acknowledged = -1;
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged = Number(line);
    if (acknowledged === 200) child.kill('SIGKILL');
  }
  if (child.signalCode === null) await once(child, 'exit');
  for (let tries = 0; tries < 100 && engines(folder).length > 0; tries += 1) await wait(20);
  expect(engines(folder)).toEqual([]);

  const local = await startLocal([], folder);
  await local.endpoint.createTable(plainTable('kept'));
  const { Count } = await local.endpoint.engine('Scan', { TableName: 'kept', Select: 'COUNT' });
  expect(Count).toBeGreaterThanOrEqual(acknowledged + 1);
  await local.close();
  rmSync(folder, { recursive: true });
}, 20_000);
