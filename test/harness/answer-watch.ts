import { contract } from '../../lambdas/contract.ts';
import { credentialsIn, noteToken, redacted } from './credential-scan.ts';

interface Answered {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: unknown;
  readonly text: string;
  readonly json: unknown;
}

const isPathOf = (template: string, path: string): boolean =>
  new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/?]+')}(\\?|$)`).test(path);

/** The fields that the contract says are shown once, in a first success. */
const shownIn = ({ method, path, status }: Answered): readonly string[] => {
  const route = contract.find((known) => known.method === method && isPathOf(known.path, path));
  return route?.answers.status === status ? (route.answers.shownOnce ?? []) : [];
};

const without = (answer: Answered): string => {
  const shown = shownIn(answer);
  if (shown.length === 0 || typeof answer.json !== 'object' || answer.json === null) return answer.text;
  const fields = Object.entries(answer.json);
  for (const [name, value] of fields) if (shown.includes(name) && typeof value === 'string') noteToken(value);
  return JSON.stringify(Object.fromEntries(fields.filter(([name]) => !shown.includes(name))));
};

const found: string[] = [];

/** Looks for credentials in an answer, except where the contract says that a new one is shown. */
export const watchAnswer = (answer: Answered): void => {
  const kinds = credentialsIn(`${JSON.stringify(answer.headers)}\n${without(answer)}`);
  if (kinds.length > 0)
    found.push(`${answer.method} ${redacted(answer.path)} answered ${kinds.join(', ')}: ${redacted(answer.text)}`);
};

/** What was found in this test file's answers. */
export const answeredCredentials = (): readonly string[] => found;
