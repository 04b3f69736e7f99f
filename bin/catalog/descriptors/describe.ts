import * as z from 'zod';
import type { Finding, Report } from '../finding.ts';
import type { ReadDocument } from '../read/read-documents.ts';
import { describeGroup } from './describe-group.ts';
import { describeRepository, isRepository } from './describe-repository.ts';
import { describeService } from './describe-service.ts';
import { describeDomain, describeSystem } from './describe-system.ts';
import { describeUser } from './describe-user.ts';
import type { AnyDraft, Origin } from './drafts.ts';
import { type FieldReader, fieldReader, fieldText } from './field-reader.ts';
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

/** Kinds of Backstage's that describe nothing the catalog has, and why. */
const passed: Readonly<Record<string, string>> = {
  Location: 'names other files: give those to the import',
  Template: 'is a template of the scaffolder, and nothing that runs',
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

/** Why a document is no descriptor that can be read at all. */
const notADescriptor = ({
  value,
  file,
  line,
  lineOf,
}: ReadDocument): (Finding & { readonly kind: string }) | undefined => {
  const at = { kind: '', file, line };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const is = Array.isArray(value) ? 'a list' : 'a single value';
    return { ...at, weight: 'refused', reason: `is ${is}: expected a descriptor, with apiVersion, kind and metadata` };
  }
  const { apiVersion, kind } = value as { readonly apiVersion?: unknown; readonly kind?: unknown };
  const isOurs = /^(scaffolder\.)?backstage\.io\/v1(alpha1|beta[123])?$/.test(String(apiVersion));
  const name = typeof kind === 'string' ? kind : '';
  if (Object.hasOwn(passed, name) && isOurs)
    return { ...at, kind: name, weight: 'note', reason: `is not imported: a ${name} ${passed[name]}` };
  if (!Object.hasOwn(describers, name)) {
    if (!isOurs && apiVersion !== undefined && kind !== undefined)
      return {
        ...at,
        weight: 'note',
        reason: `is not imported: apiVersion ${JSON.stringify(apiVersion)} is not Backstage's`,
      };
    const like = Object.keys(describers).find((each) => each.toLowerCase() === name.toLowerCase());
    const advice = like
      ? `did you mean ${like}?`
      : `expected one of ${[...Object.keys(describers), ...Object.keys(passed)].join(', ')}`;
    const reason =
      kind === undefined ? 'is missing: this is no descriptor' : `is ${JSON.stringify(kind)?.slice(0, 60)}: ${advice}`;
    return { ...at, weight: 'refused', field: 'kind', line: lineOf(['kind']), reason };
  }
  if (isOurs) return undefined;
  const reason = `is ${JSON.stringify(apiVersion) ?? 'missing'}: expected backstage.io/v1alpha1 or backstage.io/v1beta1`;
  return { ...at, kind: name, weight: 'refused', field: 'apiVersion', line: lineOf(['apiVersion']), reason };
};

/** What a document says, in the words of the catalog; or, told to `report`, why it is not imported. */
export const describe = (document: ReadDocument, report: Report): Became => {
  const not = notADescriptor(document);
  if (not) {
    const { kind, ...finding } = not;
    report(finding);
    return { kind: kind || '(unknown)', is: finding.weight === 'refused' ? 'refused' : 'passed' };
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
