import { runExport } from '../catalog/run-export.ts';
import { runImport } from '../catalog/run-import.ts';
import { defineCommand, type Group } from '../command-line/command.ts';
import { customerOptions } from '../command-line/customer-options.ts';
import { note, print } from '../command-line/say.ts';
import { withClient } from '../command-line/with-client.ts';

const catalogImport = defineCommand({
  name: 'import',
  audience: 'customers',
  summary: 'Create and change what Backstage descriptors say: teams, services, repositories',
  words: [{ name: 'file or folder', many: true }],
  options: {
    'dry-run': { type: 'boolean', default: false, about: 'Show what would be created and changed, and send nothing' },
    verbose: { type: 'boolean', default: false, about: 'Every finding on a line of its own' },
    ...customerOptions,
  },
  example: 'ringfence catalog import catalog-info.yaml --dry-run',
  notes: `Safe to repeat: a second run changes nothing. docs/catalog-import.md says which field becomes what.`,
  exits: 'Exit codes: 0 done, 1 something was refused or left out (the rest is done) or failed, 2 wrong usage.',
  run: async ({ words, options }) => {
    const { 'dry-run': isDryRun, verbose: isVerbose, json: isJson, profile } = options;
    const call = { paths: words['file or folder'], isDryRun, isVerbose, isJson };
    const { text, exitCode } = await withClient(profile, (client) => runImport(client, call));
    print(text);
    return exitCode;
  },
});

const catalogExport = defineCommand({
  name: 'export',
  audience: 'customers',
  summary: 'Write the whole catalog as Backstage descriptors',
  words: [],
  options: {
    out: {
      type: 'string',
      value: 'path',
      about: 'A file, or a folder for one file of each kind (default: standard output)',
    },
    profile: customerOptions.profile,
  },
  example: 'ringfence catalog export --out catalog.yaml',
  run: async ({ options }) => {
    await withClient(options.profile, (client) => runExport(client, options.out, note));
    return 0;
  },
});

export const catalog: Group = {
  name: 'catalog',
  summary: 'Bring a catalog in, and give it back, as Backstage descriptors',
  commands: [catalogImport, catalogExport],
};
