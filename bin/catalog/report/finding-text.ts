import { harmless } from '../../command-line/harmless.ts';
import type { Finding } from '../finding.ts';

const placeOf = ({ file, line }: Finding): string => (line === undefined ? file : `${file}:${line}`);

/** `catalog.yaml:12  component:default/checkout spec.owner names group:default/gone: …` */
export const findingText = (finding: Finding): string => {
  const { document, field, reason } = finding;
  return harmless([`${placeOf(finding)} `, document, field, reason].filter((part) => part !== undefined).join(' '));
};

/** Findings that say the same of the same field in many documents. */
export interface Alike {
  readonly findings: readonly Finding[];
  readonly first: Finding;
}

/** Groups what has one reason and one field, the largest group first. Indexes of lists do not tell fields apart. */
export const alike = (findings: readonly Finding[]): readonly Alike[] => {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const kind = finding.document?.split(':', 1)[0];
    const field = finding.field?.replace(/\.\d+(?=\.|$)/g, '');
    const key = JSON.stringify([finding.weight, kind, field, finding.reason]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()]
    .flatMap((all) => (all[0] ? [{ findings: all, first: all[0] }] : []))
    .sort((a, b) => b.findings.length - a.findings.length);
};

/** One line for a group: the finding itself, or how many there are and where the first is. */
export const alikeText = ({ findings, first }: Alike): string => {
  if (findings.length === 1) return findingText(first);
  const kind = first.document?.split(':', 1)[0];
  const what = [kind, first.field?.replace(/\.\d+(?=\.|$)/g, ''), first.reason].filter(Boolean).join(' ');
  return harmless(`${what}: ${findings.length} times, first at ${placeOf(first)}`);
};
