import { defineCommand } from '../command-line/command.ts';
import { operatorOptions } from '../command-line/operator-options.ts';
import { print, printJson } from '../command-line/say.ts';
import { operatorsEndpoint } from '../operators-endpoint.ts';
import { type Migrated, migrateTenants } from '../tenant-data/migrate-tenants.ts';

const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([collection, count]) => `${count} ${collection}`)
    .join(', ') || 'nothing';

const lineOf = ({ slug, read, migrated }: Migrated): string =>
  `${slug}: ${counted(migrated)} brought to the newest schema, of ${counted(read)}`;

export const migrate = defineCommand({
  name: 'migrate',
  audience: 'operators',
  summary: 'Bring what tenants have to the newest schema, after a deploy. Safe to repeat, and beside tenants at work',
  words: [],
  options: {
    tenant: { type: 'string', value: 'slug', about: 'One tenant only; all without it' },
    ...operatorOptions,
  },
  example: 'ringfence tenants migrate --stage staging',
  notes: 'docs/upgrading.md says when, and what works before.',
  run: async ({ options: { tenant, stage, data, json } }) => {
    const endpoint = await operatorsEndpoint(stage, data);
    const done: Migrated[] = [];
    for await (const each of migrateTenants(endpoint, tenant)) {
      done.push(each);
      if (!json) print(lineOf(each));
    }
    if (json) printJson(done);
    else if (done.length === 0) print('No tenants yet: nothing to migrate.');
    return 0;
  },
});
