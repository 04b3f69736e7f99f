import type { Answer } from '../../kernel/use-case.ts';
import type { OpenApi } from '../../openapi.ts';

/** Answers the document of the whole contract. It is derived at the first call and kept: it depends on nothing else. */
export const readOpenApi = (derive: () => OpenApi): (() => Promise<Answer<OpenApi>>) => {
  const known: { document?: OpenApi } = {};
  return async () => {
    known.document ??= derive();
    return { body: known.document };
  };
};
