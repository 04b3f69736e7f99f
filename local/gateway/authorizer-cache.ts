import type { Clock } from '../types.ts';

export interface AuthorizerCache<T> {
  find(credential: string): T | undefined;
  keep(credential: string, result: T): void;
  clear(): void;
}

/**
 * Results of one authorizer by credential, for `ttlSeconds` of the twin's clock; 0 keeps nothing. The key is the
 * credential alone, not the route: a cached policy serves every route of the API.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html
 */
export const createAuthorizerCache = <T>(ttlSeconds: number, clock: Clock): AuthorizerCache<T> => {
  const results = new Map<string, { readonly result: T; readonly keptAt: number }>();
  const entriesMax = 10_000;
  return {
    find: (credential) => {
      const known = results.get(credential);
      if (!known) return undefined;
      const age = clock.now() - known.keptAt;
      if (age >= 0 && age < ttlSeconds * 1000) return known.result;
      results.delete(credential);
      return undefined;
    },
    keep: (credential, result) => {
      if (ttlSeconds <= 0) return;
      if (results.size >= entriesMax) results.clear();
      results.set(credential, { result, keptAt: clock.now() });
    },
    clear: () => results.clear(),
  };
};
