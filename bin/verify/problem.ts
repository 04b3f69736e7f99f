import { type ErrorCode, errors, problemMediaType, problemOf } from '../../lambdas/contract.ts';
import type { Reply } from './send.ts';

/** On every answer, whoever gives it: function or gateway. */
const always: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

const missingHeaders = (what: string, { headers }: Reply, wanted: Readonly<Record<string, string>>): string[] =>
  Object.entries(wanted)
    .filter(([name, value]) => headers[name] !== value)
    .map(([name, value]) => `${what}: ${name} is ${JSON.stringify(headers[name] ?? 'missing')}, expected "${value}"`);

export const headerFaults = (what: string, reply: Reply): readonly string[] => missingHeaders(what, reply, always);

/** What keeps a reply from being, to the byte, this refusal of the error table. */
export const problemFaults = (
  what: string,
  reply: Reply,
  code: ErrorCode,
  fields: Parameters<typeof problemOf>[1] = [],
): readonly string[] => {
  const { status } = errors[code];
  if (reply.status !== status) return [`${what} answered ${reply.status}, expected ${status}`];
  const isSame = reply.text === JSON.stringify(problemOf(code, fields));
  return [
    ...(isSame ? [] : [`${what} answered another body than the problem "${code}"`]),
    ...missingHeaders(what, reply, { ...always, 'content-type': problemMediaType }),
  ];
};
