import { callApi } from '../command-line/call-api.ts';
import { defineCommand } from '../command-line/command.ts';
import { findConnection } from '../command-line/connection.ts';
import { customerOptions } from '../command-line/customer-options.ts';
import { optionsOf, without } from '../command-line/fields/field.ts';
import { fieldsOf } from '../command-line/fields/fields-of.ts';
import { optionNamed, saidIn } from '../command-line/fields/said-in.ts';
import { jsonText } from '../command-line/harmless.ts';
import { newFile } from '../command-line/new-file.ts';
import { operationNamed } from '../command-line/operation-named.ts';
import { pages } from '../command-line/pages.ts';
import { note } from '../command-line/say.ts';

const operation = operationNamed('exportAuditEvents');
/** Events that the API gives in one answer. */
const largest = 5000;

const filters = without(fieldsOf(operation.input.query, 'output'), 'limit', 'cursor');

const written = (text: string): Promise<void> =>
  new Promise((done, failed) => {
    process.stdout.write(text, (error) => (error ? failed(error) : done()));
  });

export const auditExport = defineCommand({
  name: 'export',
  audience: 'customers',
  summary: operation.summary,
  words: [],
  options: {
    ...optionsOf(filters),
    file: {
      type: 'string',
      value: 'file',
      about: 'Write to a new file, whole or not at all (default: standard output)',
    },
    profile: customerOptions.profile,
  },
  example: 'ringfence audit export --file audit-events.ndjson',
  notes: 'Each line is one audit event as JSON: https://github.com/ndjson/ndjson-spec',
  run: async ({ options }) => {
    const connection = findConnection(options.profile);
    const optionOf = optionNamed(filters, options);
    const said = saidIn(filters, options);
    const name = options.file as string | undefined;
    const file = name === undefined ? undefined : newFile(name);
    let events = 0;
    try {
      const ask = async (cursor: string | undefined, limit: number): Promise<unknown> => {
        const sent = { ...said, limit, ...(cursor !== undefined && { cursor }) };
        return (await callApi(connection, { operation: 'exportAuditEvents', sent, optionOf })).body;
      };
      for await (const items of pages(ask, largest)) {
        events += items.length;
        const lines = items.map((item) => `${jsonText(item)}\n`).join('');
        if (file) file.write(lines);
        else await written(lines);
      }
      file?.keep();
    } catch (error) {
      file?.drop();
      throw error;
    }
    if (name !== undefined) note(`${events.toLocaleString('en')} audit events in ${name}.`);
    return 0;
  },
});
