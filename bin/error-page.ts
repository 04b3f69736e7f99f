import { contract } from '../lambdas/contract.ts';
import { errorsOf, type Operation } from '../lambdas/kernel/define-route.ts';
import { type ErrorCode, errors, problemMediaType, problemOf } from '../lambdas/kernel/errors.ts';
import { gatewayRefusals } from '../lib/constructs/gateway-responses.ts';
import { errorNotes } from './error-notes.ts';

const headersOf = (code: ErrorCode): readonly string[] => [
  `Content-Type: ${problemMediaType}`,
  ...(errors[code].retryable ? ['Retry-After: 1'] : []),
  ...(code === 'unauthenticated' ? ['WWW-Authenticate: Bearer realm="ringfence"'] : []),
];

const example = (code: ErrorCode): string => {
  const instance = code === 'internal' ? 'h4nSg0aZ9KfT2xQb' : undefined;
  const problem = problemOf(code, errorNotes[code].fields, instance);
  return [
    '```http',
    `HTTP/1.1 ${problem.status}`,
    ...headersOf(code),
    '',
    JSON.stringify(problem, null, 2),
    '```',
  ].join('\n');
};

const answeredBy = (code: ErrorCode): string => {
  const routes = contract.filter((route) => errorsOf(route).includes(code));
  const byGateway = Object.values<ErrorCode>(gatewayRefusals).includes(code);
  const gateway = byGateway ? ['The gateway answers it too, before a request comes to its route.'] : [];
  if (routes.length === 0 && !byGateway) return 'Answered to operators only, by `ringfence tenants`.';
  if (routes.length === 0) return 'The gateway answers it: no route is asked.';
  const line = ({ method, path }: Operation): string => `- \`${method} ${path}\``;
  const list = routes.length === contract.length ? ['Every route.'] : routes.map(line);
  return [list.join('\n'), ...gateway].join('\n\n');
};

/** The page about an error code, in docs/errors. */
export const errorPage = (code: ErrorCode): string => {
  const { status, title, advice, retryable } = errors[code];
  const { why, more } = errorNotes[code];
  const again = retryable
    ? 'The same request may succeed later: `Retry-After` says when to try again.'
    : 'The same request will be refused again.';
  return `# ${code}

**${status}: ${title}.** ${again}

## Why it happens

${why.map((cause) => `- ${cause}`).join('\n')}

## What to do

${advice}${more ? `\n\n${more}` : ''}

## What it looks like

${example(code)}

## Which routes answer it

${answeredBy(code)}

[All errors](README.md)
`;
};

/** The list of all pages. */
export const errorIndex = (codes: readonly ErrorCode[]): string => `# Errors

Every refusal is a problem document (RFC 9457) with one of these codes. Programs decide by \`code\`; people read \`detail\`; \`errors\` names the fields.

| code | status | means | retry |
|---|---|---|---|
${[...codes]
  .sort((a, b) => errors[a].status - errors[b].status || (a < b ? -1 : 1))
  .map(
    (code) =>
      `| [${code}](${code}.md) | ${errors[code].status} | ${errors[code].title} | ${errors[code].retryable ? 'later' : 'no'} |`,
  )
  .join('\n')}
`;
