/** What a worker is started with. `clock` holds the milliseconds by which the twin's clock is ahead of the machine's. */
export interface RuntimeData {
  readonly directory: string;
  readonly handler: string;
  readonly logFormat: 'Text' | 'JSON';
  readonly clock: SharedArrayBuffer;
}

export interface Invoke {
  readonly requestId: string;
  readonly event: string;
  /** Epoch milliseconds by the machine's clock. */
  readonly deadline: number;
  readonly arn: string;
}

/** What a worker says. `failed` carries Lambda's error payload; after `init-failed` the worker ends. */
export type FromRuntime =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-failed'; readonly payload: string }
  | { readonly kind: 'log'; readonly message: string }
  | { readonly kind: 'answered'; readonly payload: string }
  | { readonly kind: 'failed'; readonly payload: string };
