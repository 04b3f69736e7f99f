import { TwinError } from '../twin-error.ts';

/** Reads a small language from left to right; white space between words does not count. */
export interface Scanner {
  /** What stands here, if it matches; the pattern is sticky. */
  take(pattern: RegExp): string | undefined;
  /** The same, and refuses the text when it does not. */
  expect(pattern: RegExp, wanted: string): string;
  isDone(): boolean;
  /** Throws `TwinError` that says what was read, where it went wrong and why. */
  refuse(why: string): never;
}

export const createScanner = (what: string, text: string): Scanner => {
  let at = 0;
  const skip = (): void => {
    while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  };
  const take = (pattern: RegExp): string | undefined => {
    skip();
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const refuse = (why: string): never => {
    throw new TwinError(`${what} ${JSON.stringify(text)}: ${why} at character ${at + 1}.`, 'Correct it.');
  };
  return {
    take,
    expect: (pattern, wanted) => take(pattern) ?? refuse(`expected ${wanted}`),
    isDone: () => {
      skip();
      return at >= text.length;
    },
    refuse,
  };
};
