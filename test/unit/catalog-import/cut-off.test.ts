import { join } from 'node:path';
import { runImport } from '../../../bin/catalog/run-import.ts';
import type { Client } from '../../../lambdas/client.ts';
import { descriptorText, folderWith } from './read.ts';

const empty = async () => ({ body: { items: [] } });
const gone = async () => {
  throw new TypeError('fetch failed');
};

const imported = (client: Partial<Record<keyof Client, () => Promise<unknown>>>) =>
  runImport(client as unknown as Client, {
    paths: [join(folderWith({ 'a.yaml': descriptorText('Group', 'crew') }), 'a.yaml')],
    isDryRun: false,
    isVerbose: false,
    isJson: false,
  });

it('an import that loses the API says that a repeat goes on; one that never reached it does not', async () => {
  const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const lists = { listTeams: empty, listRepositories: empty, listServices: empty };
  await expect(imported({ ...lists, listServices: gone })).rejects.toThrow('fetch failed');
  expect(written).not.toHaveBeenCalled();
  const upsertTeams = async () => ({ body: { items: [{ outcome: 'created', id: 'team_1', version: 1 }] } });
  await expect(imported({ ...lists, upsertTeams, upsertServices: gone })).resolves.toMatchObject({ exitCode: 0 });
  await expect(imported({ ...lists, upsertTeams: gone })).rejects.toThrow('fetch failed');
  expect(written.mock.calls).toEqual([[expect.stringContaining('run it again')]]);
  written.mockRestore();
});
