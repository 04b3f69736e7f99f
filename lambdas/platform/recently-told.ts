/**
 * What was told in the last while, so that a repetition can be told apart. Holds at most `most` keys: the oldest is
 * forgotten for a new one, and is then told again. A clock that was set back makes everything new.
 */
export class RecentlyTold {
  readonly #at = new Map<string, number>();
  readonly #ttlMs: number;
  readonly #most: number;

  constructor(ttlMs: number, most: number) {
    this.#ttlMs = ttlMs;
    this.#most = most;
  }

  /** Whether this key was not told within the last `ttlMs`; if so, it now is. */
  isFirst(key: string, nowMs: number): boolean {
    const at = this.#at.get(key);
    if (at !== undefined && at <= nowMs && nowMs - at < this.#ttlMs) return false;
    this.#at.delete(key);
    this.#at.set(key, nowMs);
    const oldest = this.#at.keys().next().value;
    if (this.#at.size > this.#most && oldest !== undefined) this.#at.delete(oldest);
    return true;
  }
}
