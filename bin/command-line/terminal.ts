const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
export type Style = keyof typeof codes;

/** What a stream can show. */
export interface Terminal {
  /** Columns; absent where it is no terminal, and nothing is cut. */
  readonly width?: number;
  /** In colour on a terminal, and as it is elsewhere. */
  readonly paint: (style: Style, text: string) => string;
}

/** `NO_COLOR` with any value but an empty one takes all colour away: https://no-color.org */
export const terminalOf = (
  { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number },
  env: Readonly<Record<string, string | undefined>> = process.env,
): Terminal => {
  const isColoured = isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  return {
    ...(isTTY && { width: columns || 80 }),
    paint: (style, text) => (isColoured && text !== '' ? `\u001b[${codes[style]}m${text}\u001b[0m` : text),
  };
};
