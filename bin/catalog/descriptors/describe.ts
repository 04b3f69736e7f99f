import * as z from 'zod';
import type { Report } from '../finding.ts';
import type { ReadDocument } from '../read/read-documents.ts';
import { describeGroup } from './describe-group.ts';
import { describeRepository, isRepository } from './describe-repository.ts';
import { describeService } from './describe-service.ts';
import { describeDomain, describeSystem } from './describe-system.ts';
import { describeUser } from './describe-user.ts';
import type { AnyDraft, Origin } from './drafts.ts';
import { type FieldReader, fieldReader, fieldText } from './field-reader.ts';
import { notADescriptor } from './not-a-descriptor.ts';
import type { Described } from './pointers.ts';
import { referenceText } from './reference.ts';

const describers: Readonly<Record<string, (described: Described) => AnyDraft>> = {
  Group: describeGroup,
  User: describeUser,
  Component: describeService,
  API: describeService,
  Resource: (described) => (isRepository(described) ? describeRepository(described) : describeService(described)),
  System: describeSystem,
  Domain: describeDomain,
};

const Name = z
  .string()
  .max(63)
  .regex(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/, 'expected letters and digits, and between them - _ .');
const Namespace = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case letters and digits, and between them -');

export type Became =
  | { readonly kind: string; readonly draft: AnyDraft }
  | { readonly kind: string; readonly is: 'refused' | 'passed'; readonly origin?: Origin };

const most = 100;

/** Tells of each field that has no place, and of what was left out. */
const tellLosses = ({ reader, origin }: Described, report: Report): void => {
  const at = { file: origin.file, document: referenceText(origin.reference) };
  for (const { path, reason } of reader.leftOut)
    report({ weight: 'left-out', ...at, line: origin.lineOf(path), field: fieldText(path), reason });
  const lost = reader.leftovers();
  for (const path of lost.slice(0, most))
    report({
      weight: 'no-place',
      ...at,
      line: origin.lineOf(path),
      field: fieldText(path),
      reason: 'has no place in the catalog',
    });
  if (lost.length > most)
    report({
      weight: 'no-place',
      ...at,
      line: origin.line,
      reason: `${lost.length - most} more fields have no place in the catalog`,
    });
};

const originOf = (document: ReadDocument, kind: string, reader: FieldReader): Origin => {
  const name = reader.take(['metadata', 'name'], Name);
  if (name === undefined && reader.problems.length === 0) reader.refuse(['metadata', 'name'], 'is missing');
  const namespace = reader.take(['metadata', 'namespace'], Namespace) ?? 'default';
  const { file, line, lineOf } = document;
  const reference = { kind: kind.toLowerCase(), namespace, name: (name ?? '').toLowerCase() };
  return { file, line, kind, reference, lineOf };
};

/** What a document says, in the words of the catalog; or, told to `report`, why it is not imported. */
export const describe = (document: ReadDocument, report: Report): Became => {
  const not = notADescriptor(document, Object.keys(describers));
  if (not) {
    const { kind = '(unknown)', ...finding } = not;
    const line = finding.field === undefined ? document.line : document.lineOf([finding.field]);
    report({ file: document.file, line, ...finding });
    return { kind, is: finding.weight === 'refused' ? 'refused' : 'passed' };
  }
  const { kind } = document.value as { readonly kind: string };
  const reader = fieldReader(document.value);
  for (const field of ['apiVersion', 'kind']) reader.take([field], z.string());
  const described: Described = { reader, origin: originOf(document, kind, reader) };
  const draft = reader.problems.length === 0 ? describers[kind]?.(described) : undefined;
  const { file, lineOf, reference } = described.origin;
  for (const { path, reason } of reader.problems)
    report({
      weight: 'refused',
      file,
      line: lineOf(path),
      document: referenceText(reference),
      field: fieldText(path),
      reason,
    });
  if (!draft || reader.problems.length > 0) return { kind, is: 'refused', origin: described.origin };
  tellLosses(described, report);
  return { kind, draft };
};
