import { isDeepStrictEqual } from 'node:util';
import { own } from '../descriptors/annotations.ts';
import { contactText } from '../descriptors/contact-text.ts';
import { type Reference, shortReference } from '../descriptors/reference.ts';
import { repositoriesNamed } from '../descriptors/repositories.ts';
import { slugAnnotations, slugOf } from '../descriptors/repository-url.ts';
import type { AnnotationEntries, ServiceEntry } from '../entries.ts';
import { type Descriptor, descriptor, inOrder } from './descriptor.ts';
import type { Named } from './named.ts';

const kinds = { component: 'Component', api: 'API', resource: 'Resource' } as const;

/** The repositories in the annotations that Backstage's plugins read, and all of them where those do not say it all. */
const repositoryAnnotations = (urls: readonly string[], kept: AnnotationEntries): AnnotationEntries => {
  const slugs = Object.fromEntries(
    slugAnnotations.flatMap((key) => {
      const slug = urls.map((url) => slugOf(key, url)).find((each) => each !== undefined);
      return slug === undefined ? [] : [[key, slug]];
    }),
  );
  const named = repositoriesNamed(slugs, kept).map(({ url }) => url);
  return { ...slugs, ...(!isDeepStrictEqual(named, urls) && { [own.repositories]: urls.join(' ') }) };
};

const fieldAnnotations = (service: ServiceEntry): AnnotationEntries => ({
  ...(service.tier !== 4 && { [own.tier]: String(service.tier) }),
  ...(service.language !== undefined && { [own.language]: service.language }),
  ...(service.framework !== undefined && { [own.framework]: service.framework }),
  ...(service.domain !== undefined && { [own.domain]: service.domain }),
  ...(service.onCall && { [own.onCall]: contactText(service.onCall) }),
});

export interface ServiceNames {
  readonly owner?: Reference | undefined;
  readonly dependencies: readonly Reference[];
  /** APIs that depend on it: it provides them. */
  readonly provided: readonly Reference[];
  readonly repositoryUrls: readonly string[];
}

const listed = (references: readonly Reference[], namespace: string, kind?: string): readonly string[] | undefined =>
  references.length === 0
    ? undefined
    : references.map((each) => shortReference(each, { ...(kind !== undefined && { kind }), namespace })).sort(inOrder);

/** Service → Component, API or Resource. */
export const exportService = (service: ServiceEntry, named: Named, names: ServiceNames): Descriptor => {
  const { reference } = named;
  const { namespace } = reference;
  const { name, description, tags, links, kind, type, lifecycle, system } = service;
  const title = name === reference.name ? undefined : name;
  const annotations = {
    ...named.annotations,
    ...repositoryAnnotations(names.repositoryUrls, named.annotations),
    ...fieldAnnotations(service),
  };
  const isConsumed = (each: Reference): boolean => each.kind === 'api' && kind === 'component';
  // That an API needs the component which provides it, that component says.
  const isProvider = (each: Reference): boolean => each.kind === 'component' && kind === 'api';
  return descriptor(
    kinds[kind],
    { reference, title, description, annotations, tags, links: links.map(({ title, url }) => ({ url, title })) },
    {
      type,
      lifecycle,
      owner: names.owner && shortReference(names.owner, { kind: 'group', namespace }),
      system:
        system && shortReference({ kind: 'system', namespace: 'default', name: system }, { kind: 'system', namespace }),
      providesApis: listed(names.provided, namespace, 'api'),
      consumesApis: listed(names.dependencies.filter(isConsumed), namespace, 'api'),
      dependsOn: listed(
        names.dependencies.filter((each) => !isConsumed(each) && !isProvider(each)),
        namespace,
      ),
    },
  );
};
