import { type Claims, signAssertion } from './sign-assertion.ts';

interface Signed {
  readonly assertion: string;
  readonly freshUntilSeconds: number;
}

const most = 2000;
const signed = new Map<string, Signed>();

/**
 * The assertion of these claims, signed now or reused while it is fresh: for the first half of its life. The gateway
 * caches our answer for less than the other half, so that no assertion it passes on has expired.
 */
export const assertionOf = async (claims: Claims, nowMs: number, lifetimeSeconds: number): Promise<string> => {
  const key = JSON.stringify(claims);
  const now = Math.floor(nowMs / 1000);
  const known = signed.get(key);
  if (known && now < known.freshUntilSeconds && known.freshUntilSeconds <= now + lifetimeSeconds)
    return known.assertion;
  const assertion = await signAssertion(claims, now, lifetimeSeconds);
  signed.delete(key);
  signed.set(key, { assertion, freshUntilSeconds: now + Math.floor(lifetimeSeconds / 2) });
  const oldest = signed.keys().next().value;
  if (signed.size > most && oldest !== undefined) signed.delete(oldest);
  return assertion;
};
