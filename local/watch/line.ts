import type { LogLine } from '../types.ts';

/** A line of a log group as filters and rules read it: parsed as JSON once, and only when somebody asks. */
export interface Line extends LogLine {
  /** The JSON object it holds; undefined when it holds none. */
  json(): Readonly<Record<string, unknown>> | undefined;
}

export const lineOf = ({ at, group, message }: LogLine): Line => {
  let parsed: { readonly value: Readonly<Record<string, unknown>> | undefined } | undefined;
  return {
    at,
    group,
    message,
    json: () => {
      parsed ??= { value: parseObject(message) };
      return parsed.value;
    },
  };
};

const parseObject = (text: string): Readonly<Record<string, unknown>> | undefined => {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
};
