import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../../../bin/catalog/export/write-whole.ts';
import { readFileText } from '../../../bin/catalog/read/read-file.ts';
import { folderWith } from './read.ts';

const failing = (code: string) => async (): Promise<never> => {
  throw Object.assign(new Error(`${code}: it fails`), { code });
};

it('a file that changes each time it is read: refused with a clear word', async () => {
  const folder = folderWith({ 'a.yaml': 'a'.repeat(4_000_000) });
  const path = join(folder, 'a.yaml');
  const writer = setInterval(() => appendFileSync(path, 'a'), 0);
  const read = await readFileText(path);
  clearInterval(writer);
  expect(read).toEqual({ reason: expect.stringMatching(/^changed while it was read/) });
});

it('a file that changed once is read as it is afterwards', async () => {
  const folder = folderWith({ 'a.yaml': 'a'.repeat(4_000_000) });
  const path = join(folder, 'a.yaml');
  setImmediate(() => writeFileSync(path, 'b'));
  expect(['a'.repeat(4_000_000), 'b']).toContain(((await readFileText(path)) as { text: string }).text);
});

it('a pipe and a device are not waited for', async () => {
  const folder = folderWith({});
  execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
  expect(await readFileText(join(folder, 'pipe.yaml'))).toEqual({ reason: 'is no regular file' });
  expect(await readFileText('/dev/zero')).toEqual({ reason: 'is no regular file' });
});

it('a file that is gone, and one that may not be read', async () => {
  const folder = folderWith({ 'a.yaml': '' });
  expect(await readFileText(join(folder, 'b.yaml'))).toEqual({ reason: 'is not there, or is gone (ENOENT)' });
  chmodSync(join(folder, 'a.yaml'), 0);
  // Root may read everything.
  if (process.getuid?.() !== 0)
    expect(await readFileText(join(folder, 'a.yaml'))).toEqual({
      reason: expect.stringMatching(/may not be read.*EACCES/),
    });
});

it.each(['ENOSPC', 'EDQUOT', 'EFBIG'])('%s while writing: said, and what was there before is whole', async (code) => {
  const folder = folderWith({ 'a.yaml': 'before', 'b.yaml': 'before' });
  const paths = ['a.yaml', 'b.yaml'].map((name) => join(folder, name));
  let opened = 0;
  const writing = writeWhole(new Map(paths.map((path) => [path, 'after'])), {
    rename,
    open: async (path, flags) => {
      const handle = await open(path, flags);
      opened += 1;
      // The second file no longer fits.
      return opened === 1
        ? handle
        : { writeFile: failing(code), sync: () => handle.sync(), close: () => handle.close() };
    },
  });
  await expect(writing).rejects.toThrow(
    new RegExp(`could not be written to .*b\\.yaml.*\\(${code}\\)\\. What was there before is unchanged`),
  );
  expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['before', 'before']);
  expect(readdirSync(folder)).toEqual(['a.yaml', 'b.yaml']);
});

it('a full disk that only the flush notices', async () => {
  const folder = folderWith({ 'a.yaml': 'before' });
  const path = join(folder, 'a.yaml');
  const writing = writeWhole(new Map([[path, 'after']]), {
    rename,
    open: async (...call) => {
      const handle = await open(...call);
      return { writeFile: (text) => handle.writeFile(text), sync: failing('ENOSPC'), close: () => handle.close() };
    },
  });
  await expect(writing).rejects.toThrow('the disk is full');
  expect(readFileSync(path, 'utf8')).toBe('before');
});

it('a folder that is not there, a folder in the place of the file, a device that is full: each said', async () => {
  const folder = folderWith({ 'sub/x': '' });
  const writing = (path: string) => writeWhole(new Map([[path, 'after']]));
  await expect(writing(join(folder, 'no/a.yaml'))).rejects.toThrow('no such folder');
  await expect(writing(join(folder, 'sub'))).rejects.toThrow('folder is in its place');
  await expect(writing('/dev/full')).rejects.toThrow('the disk is full');
});

it('a link stays a link, and the file behind it is replaced', async () => {
  const folder = folderWith({ 'real.yaml': 'before' });
  symlinkSync('real.yaml', join(folder, 'link.yaml'));
  await writeWhole(new Map([[join(folder, 'link.yaml'), 'after']]));
  expect(readFileSync(join(folder, 'real.yaml'), 'utf8')).toBe('after');
  expect(existsSync(join(folder, 'link.yaml'))).toBe(true);
  expect(statSync(join(folder, 'real.yaml')).isFile()).toBe(true);
});
