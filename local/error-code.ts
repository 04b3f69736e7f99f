/** `EADDRINUSE` and the like. Told by shape: an error of the machine may come from another realm than ours. */
export const errorCode = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
