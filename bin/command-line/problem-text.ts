import { ProblemError, UnexpectedAnswer } from '../../lambdas/client-request.ts';
import type { ErrorCode, FieldError, Problem } from '../../lambdas/kernel/errors.ts';
import { CommandError } from '../command-error.ts';

/** Where the error table speaks to callers of the API, and not to a person at a terminal. */
const said: Partial<Record<ErrorCode, string>> = {
  unauthenticated:
    'The token is not accepted: it is wrong, expired or revoked. Sign in with another: npx ringfence login',
  'service-in-use':
    'See which with "npx ringfence services list --depends-on <service>", take the dependency off them, then delete it.',
  'version-mismatch': 'Look at what it is now, then repeat the command if it is still needed.',
  'if-match-required': 'Give the version that you have read with --if-version.',
  'permission-denied':
    'Sign in with a token whose role and scopes include the permission: npx ringfence me shows yours.',
};

/** `body.tier` as a person wrote it: `--tier`. Undefined where no option stands for it. */
export type OptionOf = (field: string) => string | undefined;

/** `path.tokenId` is a word of the command: the token id. */
const wordOf = (field: string): string | undefined =>
  field.match(/^path\.(\w+)$/)?.[1]?.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const fieldLine = ({ field, expected }: FieldError, optionOf: OptionOf): string =>
  `  ${optionOf(field) ?? wordOf(field) ?? field}: expected ${expected.replace(/^expected /, '')}`;

/** A refusal: what it is, the fields, what to do, and the address of its page. */
export const problemText = (problem: Problem, apiUrl: string, optionOf: OptionOf = () => undefined): string =>
  [
    `${problem.title}.`,
    ...(problem.errors ?? []).map((field) => fieldLine(field, optionOf)),
    ...(problem.code === 'invalid-request' && problem.errors ? [] : [`  ${said[problem.code] ?? problem.detail}`]),
    ...(problem.instance ? [`  Instance: ${problem.instance}`] : []),
    `  ${/^https?:/.test(problem.type) ? '' : apiUrl}${problem.type}`,
  ].join('\n');

/** What a lost connection is called: fetch hides it behind "fetch failed". Undefined for what fetch did not throw. */
const lostFor = (error: unknown): string | undefined => {
  const { name, message, cause } = error as Error & {
    readonly cause?: { readonly code?: string; readonly message?: string };
  };
  return name === 'TypeError' && cause ? (cause.code ?? cause.message ?? message) : undefined;
};

/** What a call threw, as a command says it: a CommandError. A fault of our own is passed on as it is. */
export const callError = (error: unknown, apiUrl: string, optionOf?: OptionOf): unknown => {
  if (error instanceof ProblemError) return new CommandError(problemText(error.problem, apiUrl, optionOf));
  if (error instanceof UnexpectedAnswer) return new CommandError(`${apiUrl}: ${error.message}`);
  if ((error as Error).name === 'SyntaxError')
    return new CommandError(`${apiUrl} answered what is no JSON. Is it the API?`);
  const lost = lostFor(error);
  if (lost === undefined) return error;
  return new CommandError(`The API at ${apiUrl} cannot be reached (${lost}). Is the address right, and does it run?`);
};
