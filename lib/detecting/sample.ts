import type { SecurityEvent } from '../../lambdas/functions.ts';

/** A CloudTrail record: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
export type TrailRecord = Readonly<Record<string, unknown>>;

/** One line of the access log, as far as a sample says. */
export type AccessLine = Readonly<Record<string, string>>;

/** What an AWS service measures. */
export interface Measured {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
}

type What =
  /** A function reports it, through the same code as in Lambda. */
  | { readonly security: SecurityEvent; readonly from: string }
  | { readonly access: AccessLine }
  | { readonly trail: TrailRecord }
  | { readonly measured: Measured };

/** Something that happens, so many seconds after the sample begins. */
export type Occurrence = What & { readonly atSeconds: number };

/** A short history with a name. */
export interface Sample {
  readonly what: string;
  readonly happens: readonly Occurrence[];
}

export interface Samples {
  /** Each must fire the detection. */
  readonly hits: readonly Sample[];
  /** Ordinary life: none may. */
  readonly misses: readonly Sample[];
  /** As close to a hit as can be: none may. */
  readonly nearMisses: readonly Sample[];
}

export const sample = (what: string, ...happens: readonly (Occurrence | readonly Occurrence[])[]): Sample => ({
  what,
  happens: happens.flat(),
});

/** The same so many times, evenly spread over some seconds. */
export const times = (count: number, seconds: number, make: (n: number) => What, from = 0): readonly Occurrence[] =>
  Array.from({ length: count }, (_, n) => ({ ...make(n), atSeconds: from + Math.floor((n * seconds) / count) }));

export const once = (what: What, atSeconds = 0): Occurrence => ({ ...what, atSeconds });
