import type { OpenApi } from '../../openapi.ts';
import { type Described, operationsIn } from './described.ts';

/** Operations that belong together: a feature, or what one word of a greater feature is about. */
export interface Chapter {
  readonly id: string;
  readonly title: string;
  readonly operations: readonly Described[];
}

/** `/v1/services/{service}` and `/v1/bulk/services` are about `services`. */
const wordOf = ({ path, tags: [feature = ''] }: Described): string =>
  /^\/v1\/(?:bulk\/)?([a-z-]+)(?:\/|$)/.exec(path)?.[1] ?? feature;

const isBulk = ({ path }: Described): boolean => path.startsWith('/v1/bulk/');

const titleOf = (word: string): string => (word.charAt(0).toUpperCase() + word.slice(1)).replaceAll('-', ' ');

const chaptersIn = (feature: string, operations: readonly Described[]): readonly Chapter[] => {
  const words = [...new Set(operations.map(wordOf))];
  if (words.length === 1) return [{ id: `about-${feature}`, title: titleOf(feature), operations }];
  return words.map((word) => ({
    id: `about-${word}`,
    title: titleOf(word),
    operations: operations
      .filter((operation) => wordOf(operation) === word)
      .sort((a, b) => Number(isBulk(a)) - Number(isBulk(b))),
  }));
};

/** The document in chapters, by feature. */
export const chaptersOf = (document: OpenApi): readonly Chapter[] =>
  document.tags.flatMap(({ name }) =>
    chaptersIn(
      name,
      operationsIn(document).filter(({ tags }) => tags.includes(name)),
    ),
  );
