import { TwinError } from '../twin-error.ts';
import type { StackArtifact } from './assembly.ts';

export interface Environment {
  readonly account: string;
  readonly region: string;
}

/** Where all stacks stand. One account and one region, because the one SDK endpoint stands there too. */
export const environmentOf = (stacks: readonly StackArtifact[], assembly: string): Environment => {
  if (stacks.length === 0) throw new TwinError(`${assembly} has no stacks.`, 'Name the folder of a synthesized app.');
  const accounts = [...new Set(stacks.map((stack) => stack.account ?? '000000000000'))];
  const regions = [...new Set(stacks.map((stack) => stack.region ?? 'us-east-1'))];
  const [account = '', ...otherAccounts] = accounts;
  const [region = '', ...otherRegions] = regions;
  if (otherAccounts.length + otherRegions.length === 0) return { account, region };
  throw new TwinError(
    `${assembly} has stacks in ${accounts.join(', ')} and ${regions.join(', ')}.`,
    'Give all stacks of the local stage one account and one region.',
  );
};
