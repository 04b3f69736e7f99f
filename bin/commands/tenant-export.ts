import { CommandError } from '../command-error.ts';
import { defineCommand } from '../command-line/command.ts';
import { operatorOptions } from '../command-line/operator-options.ts';
import { note, print, printJson } from '../command-line/say.ts';
import { exportsEndpoint, operatorsEndpoint } from '../operators-endpoint.ts';
import { exportTenant } from '../tenant-data/export-tenant.ts';
import { type Verified, verifyExport } from '../tenant-data/verify-export.ts';

const summaryOf = ({ manifest, manifestSha256 }: Verified, folder: string): string => {
  const lines = manifest.files.reduce((sum, file) => sum + file.lines, 0);
  return `${folder} holds what ${manifest.slug} had at ${manifest.exportedAt}: ${lines} lines in ${manifest.files.length} files.
SHA-256 of its manifest.json: ${manifestSha256}`;
};

export const exportData = defineCommand({
  name: 'export',
  audience: 'operators',
  summary:
    'Write all that a tenant has into a folder, as lines of JSON with checksums. Safe to repeat: it goes on where it stopped',
  words: [{ name: 'slug' }],
  options: {
    to: {
      type: 'string',
      value: 'folder',
      needed: true,
      about: 'A new or empty folder, or one where an export stopped',
    },
    ...operatorOptions,
  },
  example: 'ringfence tenants export acme --to acme-export',
  notes:
    'The audit trail of the tenant tells of it. manifest.json says what is in it and what is not: docs/offboarding.md.',
  run: async ({ words, options: { to, stage, data, json } }) => {
    const endpoint = await operatorsEndpoint(stage, data);
    const exports = await exportsEndpoint(stage, data);
    const verified = await exportTenant({ endpoint, exports, slug: words.slug, folder: to, tell: note });
    if (json) printJson({ folder: to, manifestSha256: verified.manifestSha256, ...verified.manifest });
    else print(`${summaryOf(verified, to)}\n\nNext: npx ringfence tenants verify-export ${to}`);
    return 0;
  },
});

export const verifyData = defineCommand({
  name: 'verify-export',
  audience: 'operators',
  summary: 'Compare the files of an export with its manifest. Needs no stage and no credentials',
  words: [{ name: 'folder' }],
  options: { json: operatorOptions.json },
  example: 'ringfence tenants verify-export acme-export',
  run: async ({ words, options: { json } }) => {
    const verified = await verifyExport(words.folder);
    const { manifestSha256, problems, manifest } = verified;
    if (json) printJson({ folder: words.folder, manifestSha256, problems, slug: manifest.slug });
    else if (problems.length === 0) print(`${summaryOf(verified, words.folder)}\nEvery file is as it was written.`);
    if (problems.length === 0) return 0;
    throw new CommandError(`${words.folder} is not as its manifest says: ${problems.join('; ')}.`);
  },
});
