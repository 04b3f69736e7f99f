import { note } from './say.ts';

interface Page {
  readonly items: readonly unknown[];
  readonly next?: string;
}

/** Asks for the page behind a cursor, of at most so many elements. */
export type AskPage = (cursor: string | undefined, limit: number) => Promise<unknown>;

const firstNoteMs = 2000;

/**
 * A list page after page, until its end or `limit` elements. Tells a person how far it is once it takes longer than two
 * seconds, every two seconds.
 */
export async function* pages(
  ask: AskPage,
  largest: number,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly unknown[]> {
  let cursor: string | undefined;
  let told = Date.now();
  for (let seen = 0; seen < limit; ) {
    const { items, next } = (await ask(cursor, Math.min(largest, limit - seen))) as Page;
    yield items;
    seen += items.length;
    if (next === undefined) return;
    cursor = next;
    if (Date.now() - told < firstNoteMs) continue;
    told = Date.now();
    note(`  … ${seen.toLocaleString('en')} so far`);
  }
}
