import * as z from 'zod';
import { RepositoryInput } from '../../../lambdas/model/repository.ts';
import { Line, Text } from '../../../lambdas/model/words.ts';
import { annotationPath, mapped, own } from './annotations.ts';
import type { RepositoryDraft } from './drafts.ts';
import { type Described, pointerAt } from './pointers.ts';
import { repositoryAt } from './repository-url.ts';
import { said } from './said.ts';

const YesOrNo = z.enum(['true', 'false'], 'expected "true" or "false", in quotes').transform((text) => text === 'true');

/** A Resource that says a `ringfence/repository-url` → repository. */
export const isRepository = ({ reader, origin }: Described): boolean =>
  origin.kind === 'Resource' && reader.peek(annotationPath(own.repositoryUrl)) !== undefined;

export const describeRepository = (described: Described): RepositoryDraft => {
  const { reader, origin } = described;
  const url = reader.take(annotationPath(own.repositoryUrl), RepositoryInput.shape.url) ?? 'https://invalid.example';
  const all = reader.peek(['metadata', 'annotations']);
  for (const key of Object.keys(all ?? {}))
    if (key.startsWith('ringfence/') && !(mapped.repository as readonly string[]).includes(key))
      reader.refuse(annotationPath(key), 'there is no such annotation of a repository');
  // Says nothing but what it is.
  reader.take(['spec', 'type'], z.string());
  return {
    what: 'repository',
    origin,
    url,
    plainName: repositoryAt(url).name,
    says: said({
      name: reader.take(['metadata', 'title'], Line(200)),
      description: reader.take(['metadata', 'description'], Text(4000)),
      language: reader.take(annotationPath(own.language), Line(40)),
      archived: reader.take(annotationPath(own.archived), YesOrNo),
    }),
    owner: pointerAt(described, ['spec', 'owner'], 'group'),
  };
};
