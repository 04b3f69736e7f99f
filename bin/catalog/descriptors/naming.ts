import type { z } from 'zod';
import { Alias, Line } from '../../../lambdas/model/words.ts';
import type { AnnotationEntries } from '../entries.ts';
import { aliasOf, isPlainName } from './alias-of.ts';
import { annotationPath, keptAnnotations, own } from './annotations.ts';
import { Words } from './listed.ts';
import type { Described } from './pointers.ts';

export interface Naming {
  readonly alias: string;
  readonly plainName: string;
  readonly says: { readonly name?: string; readonly aliases?: readonly string[] };
  readonly annotations: AnnotationEntries;
}

const name = ['metadata', 'name'];

/** The alias that the descriptor gives, by an annotation or from its name. */
const aliasIn = ({ reader, origin }: Described): string => {
  const said = reader.take(annotationPath(own.alias), Alias);
  const alias = said ?? aliasOf(origin.reference);
  if (!Alias.safeParse(alias).success)
    reader.refuse(
      name,
      `gives the alias "${alias}", and an alias has at most 63 characters and does not begin with svc_ or team_: say another in the annotation ${own.alias}`,
    );
  return alias;
};

/** What the alias alone does not tell, so that an export can write it again. */
const writtenAs = (alias: string, { reader, origin }: Described): AnnotationEntries => {
  const { kind, namespace } = origin.reference;
  const written = String(reader.peek(name));
  return {
    ...(namespace !== 'default' && { [own.namespace]: namespace }),
    ...(!isPlainName(written, alias, { kind, namespace }) && { [own.name]: written }),
  };
};

/** Alias, name, further aliases and annotations: what teams and services share. */
export const readNaming = (
  described: Described,
  { of, titles }: { readonly of: readonly string[]; readonly titles: readonly (readonly string[])[] },
): Naming => {
  const { reader } = described;
  const alias = aliasIn(described);
  const further = reader.take(annotationPath(own.aliases), Words(Alias as z.ZodType<string, string>));
  // A second one has no place, and is told of.
  const titled = titles.find((path) => (reader.peek(path) ?? '') !== '');
  const title = titled && reader.take(titled, Line(120));
  return {
    alias,
    plainName: String(reader.peek(name)),
    says: {
      ...(title !== undefined && { name: title }),
      ...(further && { aliases: [alias, ...further.filter((each) => each !== alias)] }),
    },
    annotations: { ...keptAnnotations(reader, of), ...writtenAs(alias, described) },
  };
};
