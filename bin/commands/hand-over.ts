import { callOperators } from '../call-operators.ts';
import { CommandError } from '../command-error.ts';
import { print, printJson } from '../command-line/say.ts';
import type { OperatorsEndpoint } from '../operators-endpoint.ts';
import { describeTenant, type Registration, stepLine } from './tenant-text.ts';

export interface Issued {
  readonly registration: Registration;
  readonly token?: string;
  /** Each step of onboarding and why it is there. */
  readonly steps: Readonly<Record<string, string>>;
}

const tellMade = ({ registration, token, steps }: Issued): void => {
  print(`${describeTenant(registration)}\n`);
  const names = Object.keys(steps);
  const made = names.slice(0, names.indexOf(registration.step) + 1);
  for (const step of made) print(stepLine(step, steps[step]));
  print(
    token
      ? `\nThe first owner's token, shown this once and valid for 30 days:\n\n${token}\n`
      : '\nIt was onboarded before: nothing changed, and its first token is not shown again.',
  );
};

/** Prints a token that is new and tells the service, which until then would issue another in its place. */
export const handOver = async (endpoint: OperatorsEndpoint, issued: Issued, json: boolean): Promise<void> => {
  const { registration, token, steps } = issued;
  if (json) printJson({ ...registration, ...(token && { token }) });
  else tellMade(issued);
  if (!token) return;
  const command = { command: 'confirm', slug: registration.slug, token: registration.firstToken };
  // Only now that the token is out may the service stop issuing another.
  await callOperators(endpoint, command).catch((error: Error) => {
    throw new CommandError(`${error.message} The token above may be replaced: repeat the command for one that lasts.`);
  });
  if (!json) print(`${stepLine('handed-over', steps['handed-over'])}\n\nNext: hand the token to the owner.`);
};
