import { type ErrorCode, errorCodes, errors } from '../../kernel/errors.ts';

/** All codes in the order of their status, then of the alphabet. */
export const errorsByStatus: readonly ErrorCode[] = [...errorCodes].sort(
  (a, b) => errors[a].status - errors[b].status || (a < b ? -1 : 1),
);
