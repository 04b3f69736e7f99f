import * as z from 'zod';
import type { Path } from '../read/parsed-document.ts';
import type { Origin, Pointer } from './drafts.ts';
import type { FieldReader } from './field-reader.ts';
import { parseReference } from './reference.ts';

/** A document as it is read: its fields, and where it stands. */
export interface Described {
  readonly reader: FieldReader;
  readonly origin: Origin;
}

const Text = z.string();

/** A reference in a field, whose kind is `kind` when it does not say; its namespace then is the document's own. */
export const pointerAt = ({ reader, origin }: Described, path: Path, kind: string): Pointer | undefined => {
  const text = reader.take(path, Text);
  if (text === undefined || text === '') return undefined;
  const reference = parseReference(text, { kind, namespace: origin.reference.namespace });
  if (reference) return { reference, path };
  reader.refuse(path, `is ${JSON.stringify(text.slice(0, 80))}: expected a reference such as ${kind}:default/name`);
  return undefined;
};

/** A list of references; undefined when the field is not there. */
export const pointersAt = (described: Described, path: Path, kind: string): readonly Pointer[] | undefined => {
  const list = described.reader.peek(path);
  if (list === undefined || list === null) return undefined;
  described.reader.take(path, z.array(z.unknown()));
  if (!Array.isArray(list)) return undefined;
  return list.map((_, at) => pointerAt(described, [...path, at], kind)).filter((pointer) => pointer !== undefined);
};
