/** What stops the twin: one line that names the thing and says what to do. `main.ts` prints it and exits with 1. */
export class TwinError extends Error {
  constructor(what: string, fix: string) {
    super(`${what} ${fix}`);
    this.name = 'TwinError';
  }
}
