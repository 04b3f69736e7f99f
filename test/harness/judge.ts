import type { Control } from './control.ts';
import type { AwsClients } from './intruder.ts';

/** A request that somebody makes, by a name that a failing test can print. */
export interface Attempt {
  readonly name: string;
  send(clients: AwsClients): Promise<unknown>;
}

/** What became of an attempt, with the evaluator's reason. */
export interface Verdict {
  readonly name: string;
  /** `refused`: AWS's AccessDenied, because the evaluated policies say so. Any other error stands by its own name. */
  readonly outcome: 'done' | 'refused' | string;
  readonly reason: string;
}

const outcomeOf = (error: string | undefined, allowed: boolean, reason: string): string => {
  if (error === undefined) return 'done';
  const isPolicy = /^AccessDenied(Exception)?$/.test(error) && !allowed && reason.includes(' is refused: ');
  return isPolicy ? 'refused' : error;
};

/**
 * Makes the attempts one after another, and reads in the twin's journal what the policies said to each: one entry for a
 * call. That an error came is not enough: a misspelt request fails too.
 */
export const judge = async (
  control: Control,
  clients: AwsClients,
  attempts: readonly Attempt[],
): Promise<readonly Verdict[]> => {
  const next = await control.callsSoFar();
  const errors: (string | undefined)[] = [];
  for (const { send } of attempts)
    errors.push(
      await send(clients).then(
        () => undefined,
        (error: Error) => error.name,
      ),
    );
  const { entries } = await control.allCalls(next);
  const mine = entries.filter(({ principal }) => principal === clients.arn);
  if (mine.length !== attempts.length)
    throw new Error(`${attempts.length} attempts left ${mine.length} entries in the journal.`);
  return attempts.map(({ name }, at) => {
    const { allowed = false, reason = '' } = mine[at] ?? {};
    return { name, outcome: outcomeOf(errors[at], allowed, reason), reason };
  });
};

/** Every attempt, and there was one, came to this: otherwise the test prints which did not, and why. */
export const expectAll = (verdicts: readonly Verdict[], outcome: Verdict['outcome']): void => {
  expect(verdicts.length).toBeGreaterThan(0);
  expect(verdicts.filter((verdict) => verdict.outcome !== outcome)).toEqual([]);
};
