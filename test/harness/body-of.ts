import type { Operation } from '../../lambdas/contract.ts';
import { linesIn } from './http.ts';

/** What the schema of a successful answer is held against: HTML is text, lines are a list, the rest is JSON. */
export const bodyOf = ({ answers }: Operation, text: string): unknown => {
  if (answers.html) return text;
  return answers.lines ? linesIn(text) : JSON.parse(text);
};
