import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { type FunctionSpec, functions } from '../../lambdas/functions.ts';
import type { Stage } from '../stage.ts';

const root = resolve(import.meta.dirname, '../..');

const entryOf = ({ name, entry }: FunctionSpec): string => {
  const path = join(root, 'lambdas', entry);
  if (existsSync(path)) return path;
  throw new Error(
    `Function "${name}": lambdas/${entry} does not exist. Write it, or correct its entry in lambdas/functions.ts.`,
  );
};

export interface Bundles {
  readonly folderOf: (spec: FunctionSpec) => string;
  /** The CDK copies a folder as soon as a function uses it. */
  readonly remove: () => void;
}

/**
 * Bundles every function, all in one pass that reads each module once. The same source gives the same bytes, and so the
 * same asset hash. The AWS SDK is bundled: it loads faster than the runtime's own, and is the version that was tested.
 */
export const bundleFunctions = (stage: Stage): Bundles => {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-bundles-'));
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
    if (Object.keys(inputs).some((input) => input.includes('node_modules/bcrypt/'))) addBcrypt(stage, bundle);
  }
  return {
    folderOf: ({ name }) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
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
