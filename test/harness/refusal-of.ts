import { contract, type ErrorCode, errors, problemMediaType } from '../../lambdas/contract.ts';
import { errorsOf } from '../../lambdas/kernel/define-route.ts';
import type { Reply } from './http.ts';

/** The code of a refusal in the form the contract promises; fails for any other answer and any error not declared. */
export const refusalOf = (operation: string, { status, headers, json }: Reply): ErrorCode => {
  const route = contract.find((each) => each.operation === operation);
  if (!route) throw new Error(`The contract has no operation ${operation}.`);
  const { code } = json as { code: ErrorCode };
  expect(errorsOf(route)).toContain(code);
  expect({ status, type: headers['content-type'], retryAfter: headers['retry-after'] !== undefined }).toEqual({
    status: errors[code].status,
    type: problemMediaType,
    retryAfter: errors[code].retryable,
  });
  return code;
};
