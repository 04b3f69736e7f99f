export interface Thing {
  readonly id: string;
  readonly etag: string;
}

/** An item that stays while it is read and replaced, and is made anew once it was deleted. */
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
    if (status >= 300 || !this.#thing) return;
    if (method === 'DELETE') this.#thing = undefined;
    else if (etag) this.#thing = { ...this.#thing, etag };
  }
}
