import { select } from '../patterns/selector.ts';
import type { Reader } from '../properties.ts';
import { leafText } from './leaf-text.ts';
import { parseLogField } from './log-field.ts';

export type InsightFilter = (event: Readonly<Record<string, unknown>>) => boolean;

const textsMax = 10;

/**
 * One filter of a rule. A field that a line does not have as a leaf holds for `IsPresent: false` alone. A boolean is
 * there and is compared with nothing: AWS documents texts and numbers.
 */
export const parseInsightFilter = (filter: Reader, operator: string): InsightFilter => {
  const selector = parseLogField(filter.text('Match'));
  const holds = parseOperator(filter, operator);
  return (event) => {
    const [value] = select(event, selector);
    return holds(typeof value === 'boolean' && operator !== 'IsPresent' ? undefined : leafText(value));
  };
};

const parseOperator = (filter: Reader, operator: string): ((text: string | undefined) => boolean) => {
  if (operator === 'IsPresent') {
    const wanted = filter.flag(operator, true);
    return (text) => (text !== undefined) === wanted;
  }
  if (operator === 'In' || operator === 'NotIn' || operator === 'StartsWith') {
    const texts = filter.texts(operator);
    if (texts.length === 0 || texts.length > textsMax) filter.refuse(`${operator} has 1 to ${textsMax} texts`);
    if (operator === 'StartsWith') return (text) => text !== undefined && texts.some((each) => text.startsWith(each));
    return (text) => text !== undefined && texts.includes(text) === (operator === 'In');
  }
  const number = filter.number(operator);
  return (text) => {
    if (text === undefined || text.trim() === '' || Number.isNaN(Number(text))) return false;
    const value = Number(text);
    if (operator === 'GreaterThan') return value > number;
    if (operator === 'LessThan') return value < number;
    return (value === number) === (operator === 'EqualTo');
  };
};
