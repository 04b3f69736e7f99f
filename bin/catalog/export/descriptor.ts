import type { Reference } from '../descriptors/reference.ts';
import type { AnnotationEntries } from '../entries.ts';

/** A descriptor as it is written: fields in the order of writing, undefined ones not at all. */
export interface Descriptor {
  readonly apiVersion: 'backstage.io/v1alpha1';
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Of one order everywhere: by code unit, which no locale changes. */
export const inOrder = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const sortedByKey = (annotations: AnnotationEntries): AnnotationEntries | undefined => {
  const entries = Object.entries(annotations).sort(([a], [b]) => inOrder(a, b));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
};

interface Metadata {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly annotations: AnnotationEntries;
  readonly tags?: readonly string[] | undefined;
  readonly links?: readonly object[] | undefined;
}

const unlessEmpty = <T>(list: readonly T[] | undefined) => (list && list.length > 0 ? list : undefined);

export const descriptor = (
  kind: string,
  { reference, title, description, annotations, tags, links }: Metadata & { readonly reference: Reference },
  spec: Readonly<Record<string, unknown>>,
): Descriptor => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: {
    name: reference.name,
    ...(reference.namespace !== 'default' && { namespace: reference.namespace }),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    annotations: sortedByKey(annotations),
    tags: unlessEmpty(tags),
    links: unlessEmpty(links),
  },
  spec,
});
