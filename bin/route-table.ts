import type { Operation } from '../lambdas/kernel/define-route.ts';

const columns = ['method', 'path', 'permission', 'audit', 'touches'] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

/** `services* teams`: a star where it changes things. */
const touchesIn = ({ touches }: Operation): string =>
  Object.entries(touches)
    .map(([collection, access]) => collection + ([access].flat().some((one) => /add|change/.test(one)) ? '*' : ''))
    .join(' ');

const rowOf = (operation: Operation): Row => ({
  method: operation.method,
  path: operation.path,
  permission: operation.permission + (operation.sensitive ? '!' : ''),
  audit: operation.audit ?? '-',
  touches: touchesIn(operation) || '-',
});

/** The routes as a table for people, one line each, within 120 columns. `!`: the credential is checked at every call. */
export const routeTable = (contract: readonly Operation[]): string => {
  const heading = Object.fromEntries(columns.map((column) => [column, column.toUpperCase()])) as Row;
  const rows = [heading, ...contract.map(rowOf)];
  const widthOf = (column: keyof Row): number => Math.max(...rows.map((row) => row[column].length));
  return rows
    .map((row) =>
      columns
        .map((column) => row[column].padEnd(widthOf(column)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** The routes for programs. */
export const routesJson = (contract: readonly Operation[]): string =>
  JSON.stringify(
    contract.map(({ operation, feature, method, path, summary, permission, sensitive, audit, touches, errors }) => ({
      operation,
      feature,
      method,
      path,
      summary,
      permission,
      sensitive: sensitive ?? false,
      audit: audit ?? null,
      touches,
      errors,
    })),
    null,
    2,
  );
