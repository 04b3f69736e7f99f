import { type ErrorCode, problemMediaType } from '../../kernel/errors.ts';
import type { Answer, OpenApi } from '../../openapi.ts';
import { type Described, lookedUp, operationsIn, type Schema } from './described.ts';
import { keptFor } from './kept-for.ts';

export interface Problem {
  readonly status: string;
  readonly code: ErrorCode;
}

/** The errors that an operation can answer, as the document lists them. */
export const problemsIn = (document: OpenApi, { responses }: Described): readonly Problem[] =>
  Object.entries(responses).flatMap(([status, given]) => {
    const answer = '$ref' in given ? lookedUp<Answer>(document, given.$ref) : given;
    const { allOf = [] } = (answer.content?.[problemMediaType]?.schema ?? {}) as Schema;
    const codes = allOf.flatMap(({ properties }) => properties?.code?.enum ?? []) as readonly ErrorCode[];
    return codes.map((code) => ({ status, code }));
  });

/** Those that every operation with a token can answer: told once, and not again with each. */
export const commonProblems = keptFor((document): readonly Problem[] => {
  const [first = [], ...others] = operationsIn(document)
    .filter(({ security }) => security.length > 0)
    .map((operation) => problemsIn(document, operation));
  return first.filter(({ code }) => others.every((problems) => problems.some((each) => each.code === code)));
});
