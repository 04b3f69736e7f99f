import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../harness/http.ts';
import { workerTwin } from '../harness/twin.ts';
import { copied, inPackages } from './in-packages.ts';
import { packageFile, pinned } from './packages.ts';
import { itWith } from './programs.ts';
import { runProgram } from './run-program.ts';

interface Finding {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

const command = () => packageFile('@stoplight', 'spectral-cli', 'dist', 'index.js');

/** Everything that Spectral and the OWASP rules say of a document, warnings too. */
const findings = (document: unknown): Promise<readonly Finding[]> =>
  inPackages(async (folder) => {
    const ruleset = copied(join(pinned, 'spectral.yaml'), folder, 'spectral.yaml');
    const file = join(folder, 'openapi.json');
    const results = join(folder, 'results.json');
    writeFileSync(file, JSON.stringify(document));
    const args = ['lint', '--quiet', '--ruleset', ruleset, '--format', 'json', '--output', results, file];
    const { exitCode, stdout, stderr } = await runProgram(process.execPath, [command(), ...args]);
    if (exitCode > 1) throw new Error(`spectral ended with ${exitCode}: ${stdout}${stderr}`);
    const found = JSON.parse(readFileSync(results, 'utf8')) as readonly Finding[];
    return found.map(({ code, message, path }) => ({ code, message, path }));
  });

const served = async (): Promise<Readonly<Record<string, unknown>>> => {
  const { addresses } = await workerTwin();
  return (await ask(addresses.apiUrl, 'GET', '/v1/openapi.json')).json as Record<string, unknown>;
};

itWith('test/peers/packages')('Spectral and its OWASP rules find nothing in the served document', async () => {
  expect(await findings(await served())).toEqual([]);
});

itWith('test/peers/packages')('and they would, were it not so', async () => {
  const document = await served();
  const paths = {
    ...(document.paths as object),
    '/v1/open': {
      get: {
        operationId: 'open',
        parameters: [{ name: 'word', in: 'query', schema: { type: 'string' } }],
        responses: { 200: { description: 'Done' } },
      },
    },
  };
  const codes = (await findings({ ...document, paths })).map(({ code }) => code);
  expect(codes).toEqual(
    expect.arrayContaining([
      'owasp:api4:2023-string-limit',
      'owasp:api2:2023-read-restricted',
      'owasp:api4:2023-rate-limit-responses-429',
    ]),
  );
});
