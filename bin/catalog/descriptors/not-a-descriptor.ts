import type { Finding } from '../finding.ts';
import type { ReadDocument } from '../read/read-documents.ts';

/** Kinds of Backstage's that describe nothing the catalog has, and why. */
const passed: Readonly<Record<string, string>> = {
  Location: 'names other files: give those to the import',
  Template: 'is a template of the scaffolder, and nothing that runs',
};

export type Not = Omit<Finding, 'file' | 'line'> & {
  readonly field?: 'kind' | 'apiVersion';
  /** The kind that it says it is. */
  readonly kind?: string;
};

const isBackstage = (apiVersion: unknown): boolean =>
  /^(scaffolder\.)?backstage\.io\/v1(alpha1|beta[123])?$/.test(String(apiVersion));

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? 'missing';

const ofAnotherKind = (apiVersion: unknown, kind: unknown, kinds: readonly string[]): Not => {
  if (kind === undefined) return { weight: 'refused', field: 'kind', reason: 'is missing: this is no descriptor' };
  const name = String(kind);
  if (Object.hasOwn(passed, name) && isBackstage(apiVersion))
    return { kind: name, weight: 'note', reason: `is not imported: a ${name} ${passed[name]}` };
  if (!isBackstage(apiVersion) && apiVersion !== undefined)
    return { weight: 'note', reason: `is not imported: apiVersion ${shown(apiVersion)} is not Backstage's` };
  const like = kinds.find((each) => each.toLowerCase() === name.toLowerCase());
  const advice = like ? `did you mean ${like}?` : `expected one of ${[...kinds, ...Object.keys(passed)].join(', ')}`;
  return { weight: 'refused', field: 'kind', reason: `is ${shown(kind)}: ${advice}` };
};

/** Why a document is no descriptor of one of these kinds; undefined when it is one. */
export const notADescriptor = ({ value }: ReadDocument, kinds: readonly string[]): Not | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const is = Array.isArray(value) ? 'a list' : 'a single value';
    return { weight: 'refused', reason: `is ${is}: expected a descriptor, with apiVersion, kind and metadata` };
  }
  const { apiVersion, kind } = value as { readonly apiVersion?: unknown; readonly kind?: unknown };
  if (typeof kind !== 'string' || !kinds.includes(kind)) return ofAnotherKind(apiVersion, kind, kinds);
  if (isBackstage(apiVersion)) return undefined;
  const reason = `is ${shown(apiVersion)}: expected backstage.io/v1alpha1 or backstage.io/v1beta1`;
  return { kind, weight: 'refused', field: 'apiVersion', reason };
};
