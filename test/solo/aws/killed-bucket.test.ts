import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { startLocal } from './local-world.ts';

it('loses no acknowledged version of an object when it is killed, and keeps none in part', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'killed-'));
  const script = join(import.meta.dirname, 'killed-bucket.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let acknowledged = -1;
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged = Number(line);
    if (acknowledged === 60) child.kill('SIGKILL');
  }
  if (child.signalCode === null) await once(child, 'exit');

  const local = await startLocal([], folder);
  local.endpoint.buckets.create({ BucketName: 'kept', ObjectLockEnabled: true });
  const { s3 } = local.as('Admin');
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: 'kept' }));
  const found: number[] = [];
  for (const { Key, VersionId } of Versions) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'kept', Key, VersionId }));
    const [number = '', ...rest] = ((await Body?.transformToString()) ?? '').trim().split(' ');
    expect(rest).toEqual(Array.from({ length: 1999 }, () => number));
    found.push(Number(number));
  }
  const acknowledgedAll = Array.from({ length: acknowledged + 1 }, (_, at) => at);
  expect(found.sort((a, b) => a - b)).toEqual(expect.arrayContaining(acknowledgedAll));
  await local.close();
  rmSync(folder, { recursive: true });
}, 30_000);
