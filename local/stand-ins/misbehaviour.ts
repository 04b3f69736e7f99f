/** What a vendor does instead of answering. */
export interface Misbehaviour {
  readonly vendor: 'pagerduty' | 'slack';
  readonly kind: 'too-many' | 'fault' | 'hang' | 'close' | 'refuse';
  /** How many requests it befalls; all, when absent, until it is cleared. */
  readonly times?: number;
  /** Of `too-many`. */
  readonly retryAfterSeconds?: number;
}

export interface Misbehaviours {
  add(misbehaviour: Misbehaviour): void;
  clear(): void;
  /** What befalls this request of the vendor, oldest first. */
  next(vendor: Misbehaviour['vendor']): Misbehaviour | undefined;
}

export const createMisbehaviours = (): Misbehaviours => {
  let waiting: { readonly what: Misbehaviour; left: number }[] = [];
  return {
    add: (what) => {
      waiting.push({ what, left: what.times ?? Number.POSITIVE_INFINITY });
    },
    clear: () => {
      waiting = [];
    },
    next: (vendor) => {
      const found = waiting.find(({ what, left }) => what.vendor === vendor && left > 0);
      if (found) found.left -= 1;
      return found?.what;
    },
  };
};

const kinds: readonly string[] = ['too-many', 'fault', 'hang', 'close', 'refuse'] satisfies Misbehaviour['kind'][];

/** As it comes over HTTP; undefined for what is none. */
export const parseMisbehaviour = (value: unknown): Misbehaviour | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { vendor, kind, times, retryAfterSeconds } = value as Record<string, unknown>;
  if ((vendor !== 'pagerduty' && vendor !== 'slack') || !kinds.includes(String(kind))) return undefined;
  return {
    vendor,
    kind: kind as Misbehaviour['kind'],
    ...(typeof times === 'number' && { times }),
    ...(typeof retryAfterSeconds === 'number' && { retryAfterSeconds }),
  };
};
