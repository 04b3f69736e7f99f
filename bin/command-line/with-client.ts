import { type Client, createClient } from '../../lambdas/client.ts';
import { findConnection } from './connection.ts';
import { callError } from './problem-text.ts';

/**
 * Does something with the client of a customer: of a profile, or of the environment.
 * @throws CommandError for what the API refuses, with its advice, and when it cannot be reached
 */
export const withClient = async <T>(profile: string | undefined, act: (client: Client) => Promise<T>): Promise<T> => {
  const { url, token } = findConnection(profile);
  try {
    return await act(createClient({ url, token }));
  } catch (error) {
    throw callError(error, url);
  }
};
