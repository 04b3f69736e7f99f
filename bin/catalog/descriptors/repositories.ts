import * as z from 'zod';
import { RepositoryInput } from '../../../lambdas/model/repository.ts';
import type { AnnotationEntries } from '../entries.ts';
import { annotationPath, own } from './annotations.ts';
import type { RepositoryLink } from './drafts.ts';
import { Words } from './listed.ts';
import type { Described } from './pointers.ts';
import { repositoryAt, repositoryOfLocation, repositoryOfSlug, slugAnnotations } from './repository-url.ts';

const Address = RepositoryInput.shape.url;
const Slug = z.string().regex(/^[\w.-]+(\/[\w.-]+)+$/, 'expected owner/repository');

/** The repositories that well-known annotations name, the first name of each. */
export const repositoriesNamed = (
  slugs: Readonly<Partial<Record<(typeof slugAnnotations)[number], string>>>,
  annotations: AnnotationEntries,
): readonly RepositoryLink[] => {
  const located = repositoryOfLocation(annotations['backstage.io/source-location'] ?? '');
  const all = [
    ...slugAnnotations.flatMap((key) => {
      const slug = slugs[key];
      return slug === undefined ? [] : [repositoryOfSlug(key, slug)];
    }),
    ...(located && Address.safeParse(located.url).success ? [located] : []),
  ];
  return all.filter((each, at) => all.findIndex(({ url }) => url === each.url) === at);
};

/**
 * Where the code is: the list in our own annotation, which an export writes where the others do not say it all, or
 * what these say. Undefined when nothing is said.
 */
export const readRepositories = (
  { reader }: Described,
  annotations: AnnotationEntries,
): readonly RepositoryLink[] | undefined => {
  const slugs = Object.fromEntries(slugAnnotations.map((key) => [key, reader.take(annotationPath(key), Slug)]));
  const named = repositoriesNamed(slugs, annotations);
  const listed = reader.take(annotationPath(own.repositories), Words(Address));
  if (!listed) return named.length > 0 ? named : undefined;
  for (const key of slugAnnotations) {
    const slug = slugs[key];
    if (slug !== undefined && !listed.includes(repositoryOfSlug(key, slug).url))
      reader.leaveOut(annotationPath(key), `is not in the list of ${own.repositories}, which is the one that counts`);
  }
  return listed.map((url) => named.find((each) => each.url === url) ?? repositoryAt(url));
};
