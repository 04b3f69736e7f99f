import { type Check, type Finding, untried, type Verdict } from './check.ts';
import type { Target } from './target.ts';

export interface Checked extends Finding {
  readonly name: string;
  readonly promise: string;
}

const withoutNeeds = ({ needs }: Check, { isTwin, token, otherToken }: Target): string | undefined => {
  if (needs === 'aws' && isTwin) return 'not in the twin';
  if (needs === 'token' && !token) return 'put a tenant’s token into RINGFENCE_TOKEN';
  if (needs === 'tokens' && !(token && otherToken))
    return 'put tokens of two tenants into RINGFENCE_TOKEN and RINGFENCE_OTHER_TOKEN';
  return undefined;
};

const oneLine = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).replace(/\s+/g, ' ');

const findingOf = async (check: Check, target: Target): Promise<Finding> => {
  const without = withoutNeeds(check, target);
  if (without) return untried(without);
  try {
    return await check.run(target);
  } catch (error) {
    // The twin says of every operation it does not have that it does not have it.
    if (target.isTwin && (error as Error).name === 'UnknownOperationException') return untried('not in the twin');
    return { verdict: 'broken', why: `could not be checked: ${oneLine(error)}` };
  }
};

/** Runs the checks one after another, so that none sees the load of another, and tells of each as it is done. */
export const runChecks = async (
  checks: readonly Check[],
  target: Target,
  tell: (checked: Checked) => void = () => {},
): Promise<readonly Checked[]> => {
  const all: Checked[] = [];
  for (const check of checks) {
    const checked = { name: check.name, promise: check.promise, ...(await findingOf(check, target)) };
    all.push(checked);
    tell(checked);
  }
  return all;
};

export const countOf = (checked: readonly Checked[], verdict: Verdict): number =>
  checked.filter((each) => each.verdict === verdict).length;
