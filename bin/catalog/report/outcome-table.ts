import { asTable } from '../../table.ts';
import type { Became, ImportResult, Outcome } from '../import-result.ts';

const outcomes: readonly Outcome[] = ['created', 'changed', 'unchanged', 'read', 'refused', 'passed'];
const order = ['Group', 'User', 'Component', 'API', 'Resource', 'System', 'Domain', 'Location', 'Template'];
const titles: Readonly<Record<Outcome, string>> = {
  created: 'CREATED',
  changed: 'CHANGED',
  unchanged: 'UNCHANGED',
  read: 'FOLDED IN',
  refused: 'REFUSED',
  passed: 'PASSED BY',
};

const countOf = (became: readonly Became[], outcome: Outcome): number =>
  became.filter((each) => each.outcome === outcome).length;

const rankOf = (kind: string): number => {
  const at = order.indexOf(kind);
  return at < 0 ? order.length : at;
};

const rows = (became: readonly Became[], shown: readonly Outcome[]): readonly (readonly string[])[] =>
  [...new Set(became.map(({ kind }) => kind))]
    .sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1))
    .map((kind) => {
      const ofKind = became.filter((each) => each.kind === kind);
      return [kind, String(ofKind.length), ...shown.map((outcome) => String(countOf(ofKind, outcome)))];
    });

/** What became of the documents, a row for each kind; and under them what has no document of its own. */
export const outcomeTable = ({ became, implied }: ImportResult): string => {
  const all = [...became, ...implied];
  // Columns that most imports do not need are there when they have something.
  const shown = outcomes.filter((outcome) => !['read', 'passed'].includes(outcome) || countOf(all, outcome) > 0);
  const own = rows(implied, shown).map(([kind = '', ...cells]) => [`(${kind})`, ...cells]);
  return asTable(['KIND', 'NUMBER', ...shown.map((outcome) => titles[outcome])], [...rows(became, shown), ...own]);
};
