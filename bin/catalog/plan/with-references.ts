import type { AnyPlanned } from './planned.ts';

type IdOf = (reference: string) => string | undefined;

const one = <K extends string>(name: K, reference: string | undefined, idOf: IdOf) => {
  const id = reference === undefined ? undefined : idOf(reference);
  return (id === undefined ? {} : { [name]: id }) as { readonly [N in K]?: string };
};

const many = (references: readonly string[], idOf: IdOf): readonly string[] =>
  references.map(idOf).filter((id) => id !== undefined);

/** The entry with an id in the place of each reference; without those that have none. */
export const withReferences = (planned: AnyPlanned, idOf: IdOf): object => {
  switch (planned.kind) {
    case 'team': {
      const { parent, ...rest } = planned.entry;
      return { ...rest, ...one('parent', parent, idOf) };
    }
    case 'repository': {
      const { owner, ...rest } = planned.entry;
      return { ...rest, ...one('owner', owner, idOf) };
    }
    case 'service': {
      const { owner, dependencies, repositories, ...rest } = planned.entry;
      return {
        ...rest,
        ...one('owner', owner, idOf),
        dependencies: many(dependencies, idOf),
        repositories: many(repositories, idOf),
      };
    }
  }
};

/** What an entry refers to. */
export const referencesOf = (planned: AnyPlanned): readonly string[] => {
  switch (planned.kind) {
    case 'team':
      return planned.entry.parent === undefined ? [] : [planned.entry.parent];
    case 'repository':
      return planned.entry.owner === undefined ? [] : [planned.entry.owner];
    case 'service': {
      const { owner, dependencies, repositories } = planned.entry;
      return [...(owner === undefined ? [] : [owner]), ...dependencies, ...repositories];
    }
  }
};
