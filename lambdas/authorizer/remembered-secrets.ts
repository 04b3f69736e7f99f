import { createHmac, randomBytes } from 'node:crypto';

/**
 * Secrets proved a moment ago in this instance, so that bcrypt is not paid at every call. Kept under a keyed hash with a
 * key that never leaves the process, bound to the stored hash, for seconds, in bounded number. Only successes are kept.
 */
export class RememberedSecrets {
  readonly #key = randomBytes(32);
  readonly #until = new Map<string, number>();
  readonly #ttlMs: number;
  readonly #most: number;

  constructor(ttlMs: number, most: number) {
    this.#ttlMs = ttlMs;
    this.#most = most;
  }

  #mark(secret: string, hash: string): string {
    return createHmac('sha256', this.#key).update(`${hash}\n${secret}`).digest('base64');
  }

  has(secret: string, hash: string, nowMs: number): boolean {
    const until = this.#until.get(this.#mark(secret, hash));
    return until !== undefined && nowMs < until && until <= nowMs + this.#ttlMs;
  }

  add(secret: string, hash: string, nowMs: number): void {
    if (this.#until.size >= this.#most) {
      const oldest = this.#until.keys().next().value;
      if (oldest !== undefined) this.#until.delete(oldest);
    }
    this.#until.set(this.#mark(secret, hash), nowMs + this.#ttlMs);
  }
}
