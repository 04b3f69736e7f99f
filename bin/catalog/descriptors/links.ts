import * as z from 'zod';
import { Line, Url } from '../../../lambdas/model/words.ts';
import type { LinkEntry } from '../entries.ts';
import type { Described } from './pointers.ts';

/** A link without a title is named after where it leads. */
const titleOf = (url: string): string => [...url.replace(/^https?:\/\//, '')].slice(0, 80).join('');

/** Links of the descriptor; undefined when it has none. Their icons and types have no place. */
export const readLinks = ({ reader }: Described): readonly LinkEntry[] | undefined => {
  const path = ['metadata', 'links'];
  const links = reader.peek(path);
  if (links === undefined || links === null) return undefined;
  if (!Array.isArray(links)) {
    reader.take(path, z.array(z.unknown()));
    return undefined;
  }
  return links.flatMap((_, at) => {
    const url = reader.take([...path, at, 'url'], Url);
    const title = reader.take([...path, at, 'title'], Line(80));
    if (url === undefined) {
      if (reader.problems.length === 0) reader.refuse([...path, at, 'url'], 'is missing: a link leads somewhere');
      return [];
    }
    return [{ title: title ?? titleOf(url), url }];
  });
};
