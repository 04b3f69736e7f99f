import type { Finding } from '../finding.ts';
import type { ImportResult } from '../import-result.ts';
import { alike, alikeText, findingText } from './finding-text.ts';
import { outcomeTable } from './outcome-table.ts';

const weights: readonly (readonly [Finding['weight'], string])[] = [
  ['refused', 'Refused'],
  ['left-out', 'Left out, the rest of the document went in'],
  ['no-place', 'Has no place in the catalog'],
  ['note', 'Also'],
];

const shownMost = 20;

const linesOf = (findings: readonly Finding[], isVerbose: boolean): readonly string[] => {
  if (isVerbose) return findings.map(findingText);
  const groups = alike(findings);
  const more = groups.slice(shownMost).reduce((sum, group) => sum + group.findings.length, 0);
  return [
    ...groups.slice(0, shownMost).map(alikeText),
    ...(more > 0 ? [`… and ${more} more: --verbose shows all`] : []),
  ];
};

/** What was found, by how grave it is. Alike findings are one line unless it is verbose. */
export const findingsText = (findings: readonly Finding[], isVerbose: boolean): string =>
  weights
    .flatMap(([weight, title]) => {
      const ofWeight = findings.filter((each) => each.weight === weight);
      const heading = `${title} (${ofWeight.length}):`;
      return ofWeight.length === 0
        ? []
        : [[heading, ...linesOf(ofWeight, isVerbose).map((line) => `  ${line}`)].join('\n')];
    })
    .join('\n\n');

const isOf =
  (...wanted: readonly string[]) =>
  ({ outcome }: { readonly outcome: string }): boolean =>
    wanted.includes(outcome);

/** Whether something that the files say did not go in. */
export const isRefusing = ({ became, findings }: ImportResult): boolean =>
  became.some(isOf('refused')) || findings.some(({ weight }) => weight === 'refused' || weight === 'left-out');

const verdict = (result: ImportResult): string => {
  const { documents, isDryRun, became, implied } = result;
  const all = [...became, ...implied];
  const changes = all.filter(isOf('created', 'changed')).length;
  const counted = `${documents} document${documents === 1 ? '' : 's'}`;
  if (documents === 0) return 'No document was found: give a .yaml file, or a folder that has some.';
  if (changes === 0) return `${counted}: nothing to change.`;
  return isDryRun ? `${counted}: ${changes} would be created or changed. Nothing was sent.` : `${counted} imported.`;
};

const next = (result: ImportResult): string => {
  if (isRefusing(result))
    return 'Next: correct what is named above and run the same again; what is in already stays unchanged.';
  if (result.isDryRun) return 'Next: the same without --dry-run.';
  return 'Next: npx ringfence catalog export shows what the catalog has now.';
};

/** For people: what would change or did, what was found, and what to do next. */
export const importText = (result: ImportResult, isVerbose: boolean): string => {
  const changed = [...result.became, ...result.implied].filter(isOf('created', 'changed'));
  const isListed = result.isDryRun || isVerbose;
  const list = changed.map(
    ({ outcome, kind, document = '', changed: fields }) =>
      `  ${outcome === 'created' ? '+' : '~'} ${kind} ${document}${fields ? `: ${fields.join(', ')}` : ''}`,
  );
  return [
    isListed ? list.join('\n') : '',
    findingsText(result.findings, isVerbose),
    outcomeTable(result),
    `${verdict(result)} ${next(result)}`,
  ]
    .filter(Boolean)
    .join('\n\n');
};
