/** What jest says of a run with `--json`: https://jestjs.io/docs/cli#--json */
export interface JestReport {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const assertionsIn = ({ testResults }: JestReport) => testResults.flatMap(({ assertionResults }) => assertionResults);

/** Tests that were not run, by name. */
export const skippedIn = (report: JestReport): readonly string[] =>
  assertionsIn(report)
    .filter(({ status }) => status === 'pending')
    .map(({ fullName }) => fullName);

/** A file that failed though none of its tests did, on loading or in a hook, counts as one failure. */
export const countsOf = (reports: readonly JestReport[]): Counts => {
  const failedAsWhole = reports
    .flatMap(({ testResults }) => testResults)
    .filter(
      ({ status, assertionResults }) =>
        status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
    );
  const failedTests = reports.flatMap(assertionsIn).filter(({ status }) => status === 'failed');
  return {
    passed: reports.reduce((sum, { numPassedTests }) => sum + numPassedTests, 0),
    failed: failedTests.length + failedAsWhole.length,
    skipped: reports.flatMap(skippedIn).length,
  };
};

export const countsLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;
