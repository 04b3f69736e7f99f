import { setTimeout as pause } from 'node:timers/promises';
import { callOperators } from '../call-operators.ts';
import { CommandError } from '../command-error.ts';
import { confirmSlug } from './confirm-slug.ts';
import { type Exporting, exportTenant } from './export-tenant.ts';
import type { Receipt } from './receipt.ts';

/** How the operators' function answers when an offboarding has begun. */
interface Begun {
  readonly registration?: {
    readonly offboarding?: { readonly erasing?: { readonly export: string; readonly manifest: string } };
  };
  readonly receipt?: Receipt;
  readonly waitSeconds: number;
  /** Since when what is exported is all there is; absent while it is not so yet. */
  readonly quietAt?: string;
  readonly steps: Readonly<Record<string, string>>;
}
interface Erased {
  readonly deleted: Readonly<Record<string, number>>;
  readonly next: boolean;
  readonly receipt?: Receipt;
}

export interface Offboarding extends Exporting {
  readonly reason: string;
  /** Do not ask. */
  readonly isYes: boolean;
}

/** The function is asked anew in between: its clock decides. */
const askEveryMs = 5000;

const waitUntilQuiet = async ({ endpoint, slug, reason, tell }: Offboarding): Promise<Begun> => {
  for (let told = Number.POSITIVE_INFINITY; ; ) {
    const begun = await callOperators<Begun>(endpoint, { command: 'offboard', slug, reason });
    if (begun.waitSeconds <= 0) return begun;
    if (begun.waitSeconds <= told - 30 || told === Number.POSITIVE_INFINITY) {
      tell(`${slug} is suspended. What was accepted before may still write: ${begun.waitSeconds} s to wait.`);
      told = begun.waitSeconds;
    }
    await pause(Math.min(askEveryMs, begun.waitSeconds * 1000));
  }
};

interface Proof {
  readonly export: string;
  readonly manifest: string;
}

const exportAll = async (offboarding: Offboarding, { quietAt = '', steps }: Begun): Promise<Proof> => {
  const { folder, slug, tell, isYes } = offboarding;
  const { manifest, manifestSha256 } = await exportTenant(offboarding);
  if (Date.parse(manifest.exportedAt) < Date.parse(quietAt))
    throw new CommandError(`${folder} holds an export from before nothing could change: name an empty folder.`);
  tell(`✓ exported       ${steps.exported} ${folder}`);
  await confirmSlug(slug, isYes);
  return { export: manifest.export, manifest: manifestSha256 };
};

const eraseAll = async ({ endpoint, slug, tell }: Offboarding, proof: Proof): Promise<Receipt> => {
  for (;;) {
    const { deleted, next, receipt } = await callOperators<Erased>(endpoint, { command: 'erase', slug, ...proof });
    if (receipt) return receipt;
    if (!next) throw new CommandError("The operators' function answered without a receipt. Repeat the command.");
    const total = Object.values(deleted).reduce((sum, each) => sum + each, 0);
    tell(`${total} items deleted so far`);
  }
};

/**
 * Takes a tenant out of service for ever: suspends it, waits until nothing is under way, exports it, asks, deletes all it
 * has, and resolves to the receipt. Goes on from wherever an earlier attempt ended.
 * @throws CommandError
 */
export const offboardTenant = async (offboarding: Offboarding): Promise<Receipt> => {
  const { tell } = offboarding;
  const begun = await waitUntilQuiet(offboarding);
  if (begun.receipt) return begun.receipt;
  const { steps } = begun;
  tell(`✓ suspended      ${steps.suspended}`);
  const erasing = begun.registration?.offboarding?.erasing;
  const proof = erasing ? { export: erasing.export, manifest: erasing.manifest } : await exportAll(offboarding, begun);
  const receipt = await eraseAll(offboarding, proof);
  for (const step of ['erased', 'shredded', 'checked', 'receipted']) tell(`✓ ${step.padEnd(13)}  ${steps[step]}`);
  return receipt;
};
