import type { Operation } from '../../contract.ts';
import { type ErrorCode, errorCodes, fail } from '../../kernel/errors.ts';
import type { Answer } from '../../kernel/use-case.ts';
import { errorPage } from './error-pages.ts';
import * as routes from './routes.ts';

const isCode = (word: unknown): word is ErrorCode => (errorCodes as readonly unknown[]).includes(word);

/** The page of an error. A code that is none is a page that is not there. */
export const readError =
  (contract: readonly Operation[]) =>
  async ({ code }: { readonly code?: unknown }): Promise<Answer<string>> =>
    isCode(code) ? { body: errorPage(code, contract, routes.readError.answers.html) } : fail('route-not-found');
