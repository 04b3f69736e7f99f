import type { Receipt } from '../../../bin/tenant-data/receipt.ts';
import type { TestTwin } from '../../harness/twin.ts';

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

export type Command = Readonly<Record<string, unknown>> & { readonly command: string };

/** One attempt of a function for operators, without the command line's repetitions. */
export const ask = async ({ control }: TestTwin, command: Command): Promise<Answer> => {
  const name = command.command === 'export-page' ? 'exports' : 'operators';
  const { payload, functionError } = await control.invoke(`ringfence-local-${name}`, {
    body: JSON.stringify(command),
    requestContext: {
      requestId: 'test',
      http: { sourceIp: '127.0.0.1' },
      authorizer: { iam: { userArn: 'arn:aws:sts::000000000000:assumed-role/Test/operator' } },
    },
  });
  if (functionError) throw new Error(`The function ${name} failed: ${JSON.stringify(payload)}`);
  const { statusCode, body } = payload as { statusCode: number; body: string };
  return { status: statusCode, ...JSON.parse(body) };
};

export const manifest = 'a'.repeat(64);

/** Suspended, quiet and exported: what may be deleted. Resolves to the command that does it. */
export const readyToErase = async (twin: TestTwin, slug: string): Promise<Command> => {
  const { waitSeconds = 0 } = await ask(twin, { command: 'offboard', slug, reason: 'Contract ended' });
  await twin.control.advanceClock(waitSeconds * 1000);
  const { export: key } = await ask(twin, { command: 'export', slug });
  return { command: 'erase', slug, export: key, manifest };
};
