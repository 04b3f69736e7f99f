import { broken, type Finding, held, untried } from './check.ts';

export interface Attempt {
  readonly what: string;
  readonly make: () => Promise<unknown>;
}

type Outcome = 'allowed' | 'refused' | 'refused by the identity';

/** AWS names the kind of policy that refused, where it can. What no identity may do proves nothing about the resource.
 *  Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const ofIdentity = /identity-based policy|service control policy|permissions boundary|session policy/;

/** @throws whatever is neither success nor refusal */
const outcomeOf = async ({ make }: Attempt): Promise<Outcome> => {
  try {
    await make();
    return 'allowed';
  } catch (error) {
    const { name, message } = error as Error;
    // KMS says so of a dry run that would have succeeded.
    if (name === 'DryRunOperationException') return 'allowed';
    if (name !== 'AccessDeniedException' && name !== 'AccessDenied') throw error;
    return ofIdentity.test(message) ? 'refused by the identity' : 'refused';
  }
};

/** Held when every attempt is refused, and by more than what the operator's own identity lacks. */
export const allRefused = async (attempts: readonly Attempt[]): Promise<Finding> => {
  const made: { readonly what: string; readonly outcome: Outcome }[] = [];
  for (const attempt of attempts) made.push({ what: attempt.what, outcome: await outcomeOf(attempt) });
  const of = (outcome: Outcome) => made.filter((each) => each.outcome === outcome).map(({ what }) => what);
  const allowed = of('allowed');
  if (allowed.length > 0) return broken(`allowed: ${allowed.slice(0, 3).join(', ')}${allowed.length > 3 ? ' …' : ''}`);
  const [weak] = of('refused by the identity');
  if (weak) return untried(`your identity may not do this anywhere (${weak}): verify as an administrator`);
  return held(`${made.length} ${made.length === 1 ? 'attempt' : 'attempts'} with your identity refused`);
};
