import { defineCommand } from '../command-line/command.ts';
import { operatorOptions } from '../command-line/operator-options.ts';
import { note, print, printJson } from '../command-line/say.ts';
import { exportsEndpoint, operatorsEndpoint } from '../operators-endpoint.ts';
import { offboardTenant } from '../tenant-data/offboard-tenant.ts';
import { describeReceipt } from '../tenant-data/receipt.ts';

export const offboard = defineCommand({
  name: 'offboard',
  audience: 'operators',
  summary:
    'Take a tenant out for ever: suspend, export, ask, delete all it has, leave a receipt. Safe to repeat after a crash',
  words: [{ name: 'slug' }],
  options: {
    reason: { type: 'string', value: 'text', needed: true, about: 'Why: kept in the audit events and on the receipt' },
    export: { type: 'string', value: 'folder', needed: true, about: 'Where all it has is written first' },
    yes: { type: 'boolean', default: false, about: 'Do not ask' },
    ...operatorOptions,
  },
  example: 'ringfence tenants offboard acme --reason "Contract ended" --export acme-export',
  notes:
    'It waits some minutes after the suspension, until nothing is under way. Until the deletion begins, "tenants resume" takes it back: docs/offboarding.md.',
  run: async ({ words, options: { reason, export: folder, yes: isYes, stage, data, json } }) => {
    const endpoint = await operatorsEndpoint(stage, data);
    const exports = await exportsEndpoint(stage, data);
    const receipt = await offboardTenant({ endpoint, exports, slug: words.slug, folder, reason, isYes, tell: note });
    if (json) printJson(receipt);
    else print(`${describeReceipt(receipt)}\n\nNext: keep ${folder} as long as you promised its owner, and no longer.`);
    return 0;
  },
});
