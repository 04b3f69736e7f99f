import { aliasOf, numberedName, plainName } from '../descriptors/alias-of.ts';
import { isReserved, own } from '../descriptors/annotations.ts';
import { type Reference, referenceText } from '../descriptors/reference.ts';
import type { AnnotationEntries } from '../entries.ts';

/** What a team or service is called in descriptors, and the annotations that go with it. */
export interface Named {
  /** `name` as it is written, which may have capitals. */
  readonly reference: Reference;
  readonly annotations: AnnotationEntries;
}

interface ToName {
  /** `group`, `component` … */
  readonly kind: string;
  readonly aliases: readonly string[];
  readonly annotations: AnnotationEntries;
}

const isName = (text: string): boolean => /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text) && text.length <= 63;
const isNamespace = (text: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 63;

/** Namespace and name as they were imported, if the alias still agrees with them. */
const asWritten = ({ kind, annotations }: ToName, alias: string): Reference => {
  const said = annotations[own.namespace];
  const namespaces = said !== undefined && isNamespace(said) && said !== 'default' ? [said, 'default'] : ['default'];
  for (const namespace of namespaces) {
    const at = { kind, namespace };
    const names = [annotations[own.name], plainName(alias, at)].filter((name) => name !== undefined);
    const name = names.find((each) => isName(each) && aliasOf({ ...at, name: each }) === alias);
    if (name !== undefined) return { ...at, name };
  }
  return { kind, namespace: 'default', name: plainName(alias, { kind, namespace: 'default' }) };
};

/** What an import would itself note of a name: see `descriptors/naming.ts`. */
const notedOf = (reference: Reference, alias: string): AnnotationEntries => ({
  ...(reference.namespace !== 'default' && { [own.namespace]: reference.namespace }),
  ...(plainName(alias, reference) !== reference.name && { [own.name]: reference.name }),
});

const annotationsOf = (
  stored: AnnotationEntries,
  noted: AnnotationEntries,
  mapped: readonly string[],
): AnnotationEntries => {
  const left = Object.entries(stored).filter(([key, value]) => noted[key] !== value);
  const escaped = left.filter(([key]) => isReserved(key, mapped)).sort();
  return {
    ...Object.fromEntries(left.filter(([key]) => !isReserved(key, mapped))),
    ...(escaped.length > 0 && { [own.annotations]: JSON.stringify(Object.fromEntries(escaped)) }),
  };
};

/** Names one after the other, so that no two of a kind have one name. `mapped` are annotations with another meaning. */
export const naming = (mapped: readonly string[]) => {
  const taken = new Set<string>();
  const free = (reference: Reference): Reference => {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? reference.name : numberedName(reference.name, number);
      const text = referenceText({ ...reference, name: name.toLowerCase() });
      if (taken.has(text)) continue;
      taken.add(text);
      return { ...reference, name };
    }
  };
  const nameOf = (thing: ToName): Named => {
    const [alias = '', ...further] = thing.aliases;
    const reference = free(asWritten(thing, alias));
    const isOwnAlias = aliasOf(reference) === alias;
    const noted = isOwnAlias ? notedOf(reference, alias) : {};
    return {
      reference,
      annotations: {
        ...annotationsOf(thing.annotations, noted, mapped),
        ...(!isOwnAlias && { [own.alias]: alias }),
        ...(further.length > 0 && { [own.aliases]: further.join(' ') }),
      },
    };
  };
  return { free, nameOf };
};
