import type { Receipt } from '../../../bin/tenant-data/receipt.ts';
import type { TestTwin } from '../../harness/twin.ts';
import { attempt } from '../onboarding/operators.ts';

export interface Answer {
  readonly status: number;
  readonly code?: string;
  readonly errors?: readonly { readonly field: string; readonly expected: string }[];
  readonly waitSeconds?: number;
  readonly quietAt?: string;
  readonly export?: string;
  readonly files?: readonly string[];
  readonly items?: readonly Readonly<Record<string, unknown>>[];
  readonly next?: unknown;
  readonly deleted?: Readonly<Record<string, number>>;
  readonly receipt?: Receipt;
  readonly read?: Readonly<Record<string, number>>;
  readonly migrated?: Readonly<Record<string, number>>;
}

/** One attempt of the operators' function, without the command line's repetitions. */
export const ask = async (twin: TestTwin, command: object): Promise<Answer> =>
  (await attempt(twin, command)) as unknown as Answer;

export const manifest = 'a'.repeat(64);

/** Suspended, quiet and exported: what may be deleted. Resolves to the command that does it. */
export const readyToErase = async (twin: TestTwin, slug: string): Promise<object> => {
  const { waitSeconds = 0 } = await ask(twin, { command: 'offboard', slug, reason: 'Contract ended' });
  await twin.control.advanceClock(waitSeconds * 1000);
  const { export: key } = await ask(twin, { command: 'export', slug });
  return { command: 'erase', slug, export: key, manifest };
};
