import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { apiReleasesFile } from '../../lambdas/contract.ts';
import { type FunctionSpec, functions } from '../../lambdas/functions.ts';
import { pagerTable } from '../detecting/pager-table.ts';
import type { Stage } from '../stage.ts';
import { apiReleases } from './api-releases.ts';
import { pages } from './paging-grants.ts';

const root = resolve(import.meta.dirname, '../..');

const entryOf = ({ name, entry }: FunctionSpec): string => {
  const path = join(root, 'lambdas', entry);
  if (existsSync(path)) return path;
  throw new Error(
    `Function "${name}": lambdas/${entry} does not exist. Write it, or correct its entry in lambdas/functions.ts.`,
  );
};

const servesPages = ({ entrance }: FunctionSpec): boolean =>
  entrance.by === 'routes' && entrance.routes.some(({ answers }) => answers.html);

/**
 * Bundles every function, and hands over where its folder is as long as `use` runs: the CDK copies a folder as soon as a
 * function takes it. The same source gives the same bytes, and so the same asset hash.
 */
export const withBundles = (stage: Stage, use: (folderOf: (spec: FunctionSpec) => string) => void): void => {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-bundles-'));
  try {
    bundleInto(folder, stage);
    for (const { name } of functions.filter(pages))
      writeFileSync(join(folder, name, 'detections.json'), `${JSON.stringify(pagerTable(stage), null, 1)}\n`);
    const releases = apiReleases(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'));
    for (const { name } of functions.filter(servesPages))
      writeFileSync(join(folder, name, apiReleasesFile), `${JSON.stringify(releases, null, 1)}\n`);
    use(({ name }) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The AWS SDK is bundled: it loads faster than the runtime's own, and is the version that was tested. */
export const bundleSettings = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  logLevel: 'error',
} satisfies BuildOptions;

/** One pass that reads each module once. */
const bundleInto = (outdir: string, stage: Stage): void => {
  const { metafile } = buildSync({
    entryPoints: Object.fromEntries(functions.map((spec) => [`${spec.name}/index`, entryOf(spec)])),
    outdir,
    absWorkingDir: root,
    metafile: true,
    ...bundleSettings,
  });
  for (const [output, { inputs }] of Object.entries(metafile.outputs)) {
    const bundle = resolve(root, output, '..');
    // The repository's own files are ES modules; a bundle is not.
    writeFileSync(join(bundle, 'package.json'), '{"type":"commonjs"}\n');
    if (Object.keys(inputs).some((input) => input.includes('node_modules/bcrypt/'))) addBcrypt(stage, bundle);
  }
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
