import { contract, type ErrorCode, errors } from '../lambdas/contract.ts';
import { errorArticle } from '../lambdas/features/reference/error-article.ts';
import { errorsByStatus } from '../lambdas/features/reference/errors-by-status.ts';

/** The page about an error code, in docs/errors. */
export const errorPage = (code: ErrorCode): string => {
  const { status, title, again, why, advice, more, example, routes, answeredBy } = errorArticle(code, contract);
  const list = routes.map(({ method, path }) => `- \`${method} ${path}\``).join('\n');
  return `# ${code}

**${status}: ${title}.** ${again}

## Why it happens

${why.map((cause) => `- ${cause}`).join('\n')}

## What to do

${[advice, more].filter(Boolean).join('\n\n')}

## What it looks like

\`\`\`http
${example}
\`\`\`

## Which routes answer it

${[list, ...answeredBy].filter(Boolean).join('\n\n')}

[All errors](README.md)
`;
};

/** The list of all pages. */
export const errorIndex = (): string => `# Errors

Every refusal is a problem document (RFC 9457) with one of these codes. Programs decide by \`code\`; people read \`detail\`; \`errors\` names the fields. A running API serves these pages itself, under \`/docs/errors\`: the \`type\` of a problem leads there.

| code | status | means | retry |
|---|---|---|---|
${errorsByStatus
  .map(
    (code) =>
      `| [${code}](${code}.md) | ${errors[code].status} | ${errors[code].title} | ${errors[code].retryable ? 'later' : 'no'} |`,
  )
  .join('\n')}
`;
