import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { TenantCatalog } from '../../../bin/catalog/entries.ts';
import { exportCatalog } from '../../../bin/catalog/export/export-catalog.ts';
import { yamlText } from '../../../bin/catalog/export/yaml-text.ts';
import { importCatalog } from '../../../bin/catalog/import-catalog.ts';
import { anyCatalog } from './catalogs.ts';
import { memoryCatalog } from './memory-catalog.ts';
import { plainCatalog } from './plain-catalog.ts';

const folder = mkdtempSync(join(tmpdir(), 'round-trip-'));
afterAll(() => rmSync(folder, { recursive: true }));

const exported = (catalog: TenantCatalog): string =>
  Object.values(exportCatalog(catalog, () => undefined))
    .flat()
    .map(yamlText)
    .join('');

const silent = () => undefined;

it('an export imported into an empty tenant gives an equal catalog, exports the same bytes, and changes nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(anyCatalog, async (catalog) => {
      const text = exported(catalog);
      const file = join(folder, 'catalog.yaml');
      writeFileSync(file, text);
      const other = memoryCatalog(1000);
      const { findings } = await importCatalog(other, { paths: [file], isDryRun: false }, silent);
      expect(findings.filter(({ weight }) => weight !== 'note')).toEqual([]);
      expect(plainCatalog(other.state())).toEqual(plainCatalog(catalog));
      expect(exported(other.state())).toBe(text);
      const before = other.calls.length;
      const again = await importCatalog(other, { paths: [file], isDryRun: false }, silent);
      expect(
        [...again.became, ...again.implied].filter(({ outcome }) => outcome === 'changed' || outcome === 'created'),
      ).toEqual([]);
      expect(other.calls.slice(before)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
