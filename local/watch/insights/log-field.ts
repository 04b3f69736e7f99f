import { parseSelector, type Selector, wildcardsIn } from '../patterns/selector.ts';
import { createScanner } from '../scanner.ts';

/** A field in a rule: `$.requestParameters.instanceId`. Throws `TwinError` for anything else. */
export const parseLogField = (text: string): Selector => {
  const scanner = createScanner('Log field', text);
  const selector = parseSelector(scanner);
  if (!scanner.isDone() || wildcardsIn(selector) > 0) scanner.refuse('expected one field of a JSON line');
  return selector;
};
