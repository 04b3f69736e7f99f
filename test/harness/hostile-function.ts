import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

const jsonOf = (assembly: string, ending: string): readonly Record<string, unknown>[] =>
  readdirSync(assembly)
    .filter((name) => name.endsWith(ending))
    .map((name) => JSON.parse(readFileSync(join(assembly, name), 'utf8')));

interface Assets {
  readonly files: Readonly<Record<string, { readonly source: { readonly path: string } }>>;
}
interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: { FunctionName?: string; Code?: { S3Key?: string } } }>
  >;
}

/** Where the assembly holds the code of a function. */
const folderOf = (assembly: string, name: string): string => {
  const resources = (jsonOf(assembly, '.template.json') as unknown as Template[]).flatMap(({ Resources }) =>
    Object.values(Resources),
  );
  const found = resources.find(({ Properties }) => Properties?.FunctionName === `ringfence-local-${name}`);
  const hash = found?.Properties.Code?.S3Key?.replace(/\.zip$/, '') ?? '';
  const files = Object.assign(
    {},
    ...(jsonOf(assembly, '.assets.json') as unknown as Assets[]).map(({ files }) => files),
  );
  const path: unknown = files[hash]?.source.path;
  if (typeof path !== 'string') throw new Error(`The assembly has no code of a function ${name}.`);
  return join(assembly, path);
};

/**
 * A copy of the test assembly in which functions run other code: the case that an attacker's code runs in a function of
 * ours. Templates, roles, keys, routes and environment are the real ones, byte for byte; only these bundles differ.
 * For `runTwin(name, { assembly })`.
 * @param entries function name → source file of a hostile handler, from the root of the repository.
 */
export const hostileAssembly = (name: string, entries: Readonly<Record<string, string>>): string => {
  const assembly = join(process.env.RINGFENCE_TEST_RUN ?? '', `${name}-assembly`);
  cpSync(process.env.RINGFENCE_TEST_ASSEMBLY ?? '', assembly, { recursive: true });
  for (const [fn, entry] of Object.entries(entries)) {
    const folder = folderOf(assembly, fn);
    rmSync(folder, { recursive: true });
    buildSync({
      entryPoints: [join(root, entry)],
      outfile: join(folder, 'index.js'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      mainFields: ['module', 'main'],
      logLevel: 'error',
    });
    writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}\n');
  }
  return assembly;
};
