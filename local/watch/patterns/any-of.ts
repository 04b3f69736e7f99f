import type { Scanner } from '../scanner.ts';

export type Condition<T> = (subject: T) => boolean;

/** Reads conditions joined by `&&` and `||`: && binds closer. */
export const parseAnyOf = <T>(scanner: Scanner, parseOne: () => Condition<T>): Condition<T> => {
  const alternatives = [parseAllOf(scanner, parseOne)];
  while (scanner.take(/\|\|/y)) alternatives.push(parseAllOf(scanner, parseOne));
  return alternatives.length === 1 && alternatives[0]
    ? alternatives[0]
    : (subject) => alternatives.some((holds) => holds(subject));
};

const parseAllOf = <T>(scanner: Scanner, parseOne: () => Condition<T>): Condition<T> => {
  const all = [parseOne()];
  while (scanner.take(/&&/y)) all.push(parseOne());
  return all.length === 1 && all[0] ? all[0] : (subject) => all.every((holds) => holds(subject));
};
