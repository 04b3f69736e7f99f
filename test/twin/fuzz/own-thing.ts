export interface Thing {
  readonly id: string;
  readonly etag: string;
}

/** An item that stays while it is read and replaced, and is made anew once it is gone. */
export class OwnThing {
  #thing: Thing | undefined;
  readonly #make: () => Promise<Thing>;

  constructor(make: () => Promise<Thing>) {
    this.#make = make;
  }

  async get(): Promise<Thing> {
    this.#thing ??= await this.#make();
    return this.#thing;
  }

  /** What an answer to a request about it says of it. */
  note(method: string, status: number, etag: string | undefined): void {
    if (!this.#thing) return;
    // Or by what another request did: a token that was rotated away, say.
    if (status === 404 || (method === 'DELETE' && status < 300)) this.#thing = undefined;
    else if (etag && status < 300) this.#thing = { ...this.#thing, etag };
  }
}
