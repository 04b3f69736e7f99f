/** What callers of the API notice of a version: the section API of the changelog. */
export interface ApiRelease {
  /** `0.1.0 (unreleased)` */
  readonly version: string;
  readonly changes: readonly string[];
}

/** Beside the bundle of the function that shows it, made from CHANGELOG.md. */
export const apiReleasesFile = 'api-releases.json';
