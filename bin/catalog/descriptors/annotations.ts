import * as z from 'zod';
import { Annotations } from '../../../lambdas/model/words.ts';
import type { AnnotationEntries } from '../entries.ts';
import type { FieldReader } from './field-reader.ts';
import { slugAnnotations } from './repository-url.ts';

/** Annotations of ours: fields of the catalog that Backstage does not have. */
export const own = {
  alias: 'ringfence/alias',
  aliases: 'ringfence/aliases',
  namespace: 'ringfence/namespace',
  name: 'ringfence/name',
  annotations: 'ringfence/annotations',
  contacts: 'ringfence/contacts',
  responsibilities: 'ringfence/responsibilities',
  tier: 'ringfence/tier',
  language: 'ringfence/language',
  framework: 'ringfence/framework',
  onCall: 'ringfence/on-call',
  domain: 'ringfence/domain',
  repositories: 'ringfence/repositories',
  repositoryUrl: 'ringfence/repository-url',
  archived: 'ringfence/archived',
} as const;

const named = [own.alias, own.aliases, own.annotations];

/** Annotations that are a field of the catalog, of teams, of services, and of repositories. */
export const mapped = {
  team: [...named, own.contacts, own.responsibilities, 'slack.com/channel', 'slack.com/alerts-channel'],
  service: [
    ...named,
    ...slugAnnotations,
    own.tier,
    own.language,
    own.framework,
    own.onCall,
    own.domain,
    own.repositories,
  ],
  repository: [own.repositoryUrl, own.language, own.archived],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** An annotation that no descriptor can carry as it is, because it would be read as something else. */
export const isReserved = (key: string, of: readonly string[]): boolean =>
  of.includes(key) || key.startsWith('ringfence/');

export const annotationPath = (key: string) => ['metadata', 'annotations', key] as const;

/** Those that are kept as annotations, as they are written. What has another shape is a problem of the document. */
export const keptAnnotations = (reader: FieldReader, of: readonly string[]): AnnotationEntries => {
  const all = reader.peek(['metadata', 'annotations']) ?? {};
  if (typeof all !== 'object' || Array.isArray(all)) {
    reader.refuse(['metadata', 'annotations'], 'is no map of names and texts');
    return {};
  }
  const kept: [string, string][] = [];
  for (const key of Object.keys(all)) {
    if (of.includes(key)) continue;
    if (key.startsWith('ringfence/')) reader.refuse(annotationPath(key), 'there is no such annotation of Ringfence');
    else if (!Annotations.safeParse({ [key]: '' }).success)
      reader.refuse(annotationPath(key), 'is no name that an annotation of the catalog can have');
    else {
      const value = reader.take(annotationPath(key), Annotations.valueType);
      if (value !== undefined) kept.push([key, value]);
    }
  }
  return { ...Object.fromEntries(kept), ...escapedAnnotations(reader) };
};

const Escaped = z.string().transform((text, context) => {
  try {
    return Annotations.parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: 'custom', message: 'expected a JSON object of texts' });
    return z.NEVER;
  }
});

/** Those that an export could not write under their own names. */
const escapedAnnotations = (reader: FieldReader): AnnotationEntries =>
  reader.take(annotationPath(own.annotations), Escaped) ?? {};
