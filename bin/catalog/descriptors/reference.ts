/** What a reference names, in lower case: Backstage compares without case. */
export interface Reference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

const shape = /^(?:([a-z]+):)?(?:([a-z0-9][a-z0-9-]*)\/)?([a-z0-9][a-z0-9._-]*)$/;

/**
 * `kind:namespace/name` with what is missing taken from where it stands; undefined when it is no reference.
 * Source: https://backstage.io/docs/features/software-catalog/references
 */
export const parseReference = (text: string, missing: Pick<Reference, 'kind' | 'namespace'>): Reference | undefined => {
  const [, kind = missing.kind, namespace = missing.namespace, name] = shape.exec(text.toLowerCase()) ?? [];
  return name === undefined ? undefined : { kind, namespace, name };
};

export const referenceText = ({ kind, namespace, name }: Reference): string => `${kind}:${namespace}/${name}`;

/** As short as it can be where kind and namespace go without saying. */
export const shortReference = (
  { kind, namespace, name }: Reference,
  missing: { readonly kind?: string; readonly namespace: string },
): string =>
  `${kind === missing.kind ? '' : `${kind}:`}${namespace === missing.namespace ? '' : `${namespace}/`}${name.toLowerCase()}`;
