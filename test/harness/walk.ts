import type { Caller } from './caller.ts';

export interface Element {
  readonly id: string;
}
export interface Page<T = Element> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** Every page of a list; `between` runs after each. */
export const walk = async <T = Element>(
  caller: Caller,
  path: string,
  query: Readonly<Record<string, string>>,
  between = async (): Promise<void> => {},
): Promise<readonly Page<T>[]> => {
  const pages: Page<T>[] = [];
  let cursor: string | undefined;
  do {
    const reply = await caller.ask('GET', `${path}?${new URLSearchParams({ ...query, ...(cursor && { cursor }) })}`);
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.text}`);
    const page = reply.json as Page<T>;
    pages.push(page);
    cursor = page.next;
    await between();
  } while (cursor !== undefined);
  return pages;
};

export const idsIn = (pages: readonly Page[]): readonly string[] =>
  pages.flatMap(({ items }) => items.map(({ id }) => id));

/** `count` pieces of work, ten at a time. */
export const inBatches = async (count: number, work: (at: number) => Promise<unknown>): Promise<void> => {
  for (let at = 0; at < count; at += 10)
    await Promise.all(Array.from({ length: Math.min(10, count - at) }, (_, inner) => work(at + inner)));
};
