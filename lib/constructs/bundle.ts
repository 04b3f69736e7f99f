import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { type FunctionSpec, functions } from '../../lambdas/functions.ts';
import type { Stage } from '../stage.ts';

const root = resolve(import.meta.dirname, '../..');

/** Where bundles are made: not cdk.out, which the CDK command empties. */
const bundlesOf = (stage: Stage): string => join(root, 'node_modules/.cache/ringfence/bundles', stage.architecture);

const entryOf = ({ name, entry }: FunctionSpec): string => {
  const path = join(root, 'lambdas', entry);
  if (existsSync(path)) return path;
  throw new Error(
    `Function "${name}": lambdas/${entry} does not exist. Write it, or correct its entry in lambdas/functions.ts.`,
  );
};

/**
 * Bundles every function, all in one pass that reads each module once, and gives their folders by function name. The
 * same source gives the same bytes, and so the same asset hash. The AWS SDK is bundled: it loads faster than the
 * runtime's own, and is the version that was tested.
 */
export const bundleFunctions = (stage: Stage): ((spec: FunctionSpec) => string) => {
  const folder = bundlesOf(stage);
  rmSync(folder, { recursive: true, force: true });
  const { metafile } = buildSync({
    entryPoints: Object.fromEntries(functions.map((spec) => [`${spec.name}/index`, entryOf(spec)])),
    outdir: folder,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
  });
  for (const [output, { inputs }] of Object.entries(metafile.outputs)) {
    const bundle = resolve(root, output, '..');
    // The repository's own files are ES modules; a bundle is not.
    writeFileSync(join(bundle, 'package.json'), '{"type":"commonjs"}\n');
    if (Object.keys(inputs).some((input) => input.startsWith('node_modules/bcrypt/'))) addBcrypt(stage, bundle);
  }
  return (spec) => join(folder, spec.name);
};

/** bcrypt is native: it looks for its binary in `prebuilds/<platform>/` beside the bundle. Lambda is Linux with glibc. */
const addBcrypt = (stage: Stage, bundle: string): void => {
  const isHere = stage.name === 'local';
  const platform = `${isHere ? process.platform : 'linux'}-${stage.architecture === 'arm64' ? 'arm64' : 'x64'}`;
  const from = join(root, 'node_modules/bcrypt/prebuilds', platform);
  const to = join(bundle, 'prebuilds', platform);
  mkdirSync(to, { recursive: true });
  for (const file of readdirSync(from))
    if (isHere || !file.includes('musl')) copyFileSync(join(from, file), join(to, file));
};
