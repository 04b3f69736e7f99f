/** What the obedient handler is told to do. */
export interface Order {
  /** In whose session: the verified caller's when absent. */
  readonly tenant?: string;
  /** `get` through our own session, or a command of DynamoDB's client, such as `GetItem`. */
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What came of it. */
export interface Result {
  readonly answer?: unknown;
  /** The name of the error. */
  readonly error?: string;
}
