/** A policy that IAM would refuse, or that the twin cannot read faithfully. Says where, what stood there and what was expected. */
export class PolicyError extends Error {
  readonly location: string;

  constructor(location: string, problem: string) {
    super(`${location}: ${problem}`);
    this.name = 'PolicyError';
    this.location = location;
  }
}
