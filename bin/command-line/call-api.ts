import { createClient, type OperationName } from '../../lambdas/client.ts';
import type { Answered, Sent } from '../../lambdas/client-request.ts';
import type { Connection } from './connection.ts';
import { callError, type OptionOf } from './problem-text.ts';

/** Calls one operation with the typed client, by its name in the contract. @throws CommandError with the refusal's advice */
export const callApi = async (
  { url, token }: Pick<Connection, 'url' | 'token'>,
  {
    operation,
    sent,
    optionOf,
  }: { readonly operation: OperationName; readonly sent: Sent; readonly optionOf?: OptionOf },
): Promise<Answered<number, unknown>> => {
  const call = createClient({ url, token })[operation] as (sent: Sent) => Promise<Answered<number, unknown>>;
  try {
    return await call(sent);
  } catch (error) {
    throw callError(error, url, optionOf);
  }
};
