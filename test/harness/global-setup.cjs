// Once per run: one assembly for all tests, made anew only when a source it depends on has changed.
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } = require('node:fs');
const { join, resolve } = require('node:path');

const root = resolve(__dirname, '../..');
const folder = join(root, 'cdk.out', 'test');

const filesUnder = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => filesUnder(join(path, name)))
    : [path];

const sourceKey = () => {
  const hash = createHash('sha256').update(process.version + process.arch);
  for (const path of ['lambdas', 'lib', 'stages', 'package-lock.json'].flatMap((name) =>
    filesUnder(join(root, name)),
  )) {
    hash.update(path).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
};

/** Other runs may be under way in this checkout: only what nobody has used for a day goes. */
const removeOld = () => {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (Date.now() - statSync(path).mtimeMs > 86_400_000) rmSync(path, { recursive: true, force: true });
  }
};

module.exports = () => {
  const assembly = join(folder, `assembly-${sourceKey()}`);
  if (!existsSync(assembly)) {
    mkdirSync(folder, { recursive: true });
    removeOld();
    const made = `${assembly}.${process.pid}`;
    execFileSync(process.execPath, ['--import', 'tsx', join(__dirname, 'assemble.ts'), made], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '--no-warnings' },
    });
    if (!existsSync(assembly)) renameSync(made, assembly);
  }
  process.env.RINGFENCE_TEST_ASSEMBLY = assembly;
  process.env.RINGFENCE_TEST_RUN = join(folder, `run-${process.pid}`);
  mkdirSync(process.env.RINGFENCE_TEST_RUN, { recursive: true });
};
