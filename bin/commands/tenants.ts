import { callOperators } from '../call-operators.ts';
import { type Command, defineCommand, type Group } from '../command-line/command.ts';
import { operatorOptions } from '../command-line/operator-options.ts';
import { note, print, printJson } from '../command-line/say.ts';
import { operatorsEndpoint } from '../operators-endpoint.ts';
import { describeReceipt, type Receipt } from '../tenant-data/receipt.ts';
import { handOver, type Issued } from './hand-over.ts';
import { exportData, verifyData } from './tenant-export.ts';
import { migrate } from './tenant-migrate.ts';
import { offboard } from './tenant-offboard.ts';
import {
  describeRevocation,
  describeTenant,
  type Listed,
  type Registration,
  type Revocation,
  tenantTable,
} from './tenant-text.ts';

const slug = { name: 'slug' } as const;
const reason = { type: 'string', value: 'text', needed: true, about: 'Why: kept in the audit events' } as const;

interface Place {
  readonly stage: string | undefined;
  readonly data: string;
}
const callAt = async <T>({ stage, data }: Place, command: object): Promise<T> =>
  callOperators<T>(await operatorsEndpoint(stage, data), command);

const create = defineCommand({
  name: 'create',
  audience: 'operators',
  summary: "Make a tenant and print its first owner's token, once. Safe to repeat: it goes on where it stopped",
  words: [slug],
  options: {
    name: { type: 'string', value: 'name', needed: true, about: 'What people call the tenant' },
    'owner-email': { type: 'string', value: 'email', needed: true, about: 'Address of the first owner' },
    ...operatorOptions,
  },
  example: 'ringfence tenants create acme --name Acme --owner-email owner@acme.example --stage staging',
  run: async ({ words, options: { name, 'owner-email': ownerEmail, stage, data, json } }) => {
    const endpoint = await operatorsEndpoint(stage, data);
    const command = { command: 'create', slug: words.slug, name, ownerEmail };
    await handOver(endpoint, await callOperators<Issued>(endpoint, command), json);
    return 0;
  },
});

const reissue = defineCommand({
  name: 'reissue',
  audience: 'operators',
  summary: "A new owner's token for a tenant that has lost its own",
  words: [slug],
  options: { reason, ...operatorOptions },
  example: 'ringfence tenants reissue acme --reason "Lost"',
  run: async ({ words, options: { reason, stage, data, json } }) => {
    const endpoint = await operatorsEndpoint(stage, data);
    const command = { command: 'reissue', slug: words.slug, reason };
    await handOver(endpoint, await callOperators<Issued>(endpoint, command), json);
    return 0;
  },
});

const revokeToken = defineCommand({
  name: 'revoke-token',
  audience: 'operators',
  summary: 'Refuse one token from now on, and nothing else. Safe to repeat. Cannot be undone: issue another',
  words: [slug, { name: 'token id' }],
  options: { reason, ...operatorOptions },
  example: 'ringfence tenants revoke-token acme tok_hwhGtmYizGd7fdLv --reason "Credential in wrong hands"',
  run: async ({ words, options }) => {
    const command = { command: 'revoke-token', slug: words.slug, tokenId: words['token id'], reason: options.reason };
    const revocation = await callAt<Revocation>(options, command);
    if (options.json) printJson(revocation);
    else print(describeRevocation(revocation));
    return 0;
  },
});

const list = defineCommand({
  name: 'list',
  audience: 'operators',
  summary: 'All tenants',
  words: [],
  options: operatorOptions,
  example: 'ringfence tenants list --stage staging',
  run: async ({ options: { stage, data, json } }) => {
    const endpoint = await operatorsEndpoint(stage, data);
    const items: Listed[] = [];
    for (let after: string | undefined, more = true; more; ) {
      const command = { command: 'list', ...(after && { after }) };
      const page = await callOperators<{ items: Listed[]; next?: string }>(endpoint, command);
      items.push(...page.items);
      after = page.next;
      more = after !== undefined;
    }
    if (json) printJson(items);
    else print(tenantTable(items));
    if (!json && items.length === 0) note('No tenants yet. Make one with "npx ringfence tenants create".');
    return 0;
  },
});

interface Shown {
  readonly registration?: Registration;
  readonly reason?: string;
  /** All that is left of one that was offboarded. */
  readonly receipt?: Receipt;
}

const show = defineCommand({
  name: 'show',
  audience: 'operators',
  summary: 'One tenant',
  words: [slug],
  options: operatorOptions,
  example: 'ringfence tenants show acme',
  run: async ({ words, options }) => {
    const command = { command: 'show', slug: words.slug };
    const { registration, reason, receipt } = await callAt<Shown>(options, command);
    if (options.json) printJson({ ...(receipt ?? registration), ...(reason && { reason }) });
    else if (receipt) print(describeReceipt(receipt));
    else if (registration) print(describeTenant(registration, reason));
    return 0;
  },
});

const change = (name: 'suspend' | 'resume', summary: string): Command =>
  defineCommand({
    name,
    audience: 'operators',
    summary,
    words: [slug],
    options: { reason, ...operatorOptions },
    example: `ringfence tenants ${name} acme --reason "${name === 'suspend' ? 'Unpaid' : 'Paid'}"`,
    run: async ({ words, options }) => {
      const command = { command: name, slug: words.slug, reason: options.reason };
      const { registration } = await callAt<{ registration: Registration }>(options, command);
      if (options.json) printJson(registration);
      else
        print(
          `${registration.slug} is ${registration.state}. Answers that the gateway remembers last until the revoke-to-deny bound (30 s by default).`,
        );
      return 0;
    },
  });

export const tenants: Group = {
  name: 'tenants',
  summary: 'Onboard, list, suspend, export and offboard tenants, revoke a token',
  commands: [
    create,
    reissue,
    revokeToken,
    list,
    show,
    change('suspend', 'Refuse every call of the tenant from now on'),
    change('resume', 'Let it call again'),
    exportData,
    verifyData,
    offboard,
    migrate,
  ],
};
