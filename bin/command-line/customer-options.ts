import type { Options } from './command.ts';

/** Options of every command that calls the API for a customer. */
export const customerOptions = {
  profile: { type: 'string', value: 'name', about: 'Whose token to use (default RINGFENCE_PROFILE, or "default")' },
  json: { type: 'boolean', default: false, about: 'Answer as JSON' },
} as const satisfies Options;
