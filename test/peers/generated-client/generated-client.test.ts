import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../../harness/http.ts';
import { workerTwin } from '../../harness/twin.ts';
import { inPackages } from '../in-packages.ts';
import { packageFile } from '../packages.ts';
import { itWith } from '../programs.ts';
import { runProgram } from '../run-program.ts';
import { program } from './program.ts';

/** Runs a program of the packages. @throws with all that it wrote when it failed */
const run = async (script: string, ...args: readonly string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await runProgram(process.execPath, [script, ...args]);
  if (exitCode !== 0) throw new Error(`${script} ended with ${exitCode}: ${stdout}${stderr}`);
  return stdout;
};

/** An `@ts-expect-error` above a line that is none would not compile. */
const compiled = async (folder: string, text: string): Promise<string> => {
  writeFileSync(join(folder, 'program.ts'), text);
  const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--outDir', join(folder, 'out')];
  await run(packageFile('typescript', 'bin', 'tsc'), ...options, join(folder, 'program.ts'));
  return join(folder, 'out', 'program.js');
};

itWith('test/peers/packages')(
  'a client generated from the served document compiles, refuses misuse by type, and works the API',
  async () => {
    const twin = await workerTwin();
    const { apiUrl } = twin.addresses;
    const { token } = await twin.tenant();
    const document = (await ask(apiUrl, 'GET', '/v1/openapi.json')).text;
    await inPackages(async (folder) => {
      mkdirSync(join(folder, 'out'));
      for (const place of [folder, join(folder, 'out')])
        writeFileSync(join(place, 'package.json'), '{"type":"module"}');
      writeFileSync(join(folder, 'openapi.json'), document);
      const [from, to] = [join(folder, 'openapi.json'), join(folder, 'api.d.ts')];
      // Fields with a default are absent where callers leave them out.
      await run(packageFile('openapi-typescript', 'bin', 'cli.js'), from, '-o', to, '--default-non-nullable', 'false');
      expect(JSON.parse(await run(await compiled(folder, program), apiUrl, token))).toEqual({
        made: 201,
        same: true,
        description: 'By a generated client',
        code: 'service-not-found',
      });
    });
  },
);
