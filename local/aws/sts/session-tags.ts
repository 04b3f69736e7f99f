import { AwsError, invalid } from '../aws-error.ts';
import { type Fields, optionalText } from '../fields.ts';

export interface SessionTags {
  /** Tags of the request. */
  readonly requested: Readonly<Record<string, string>>;
  readonly transitiveKeys: readonly string[];
}

const tagsMax = 50;
const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Members of a query list: `Tags.member.1.Key`, `Tags.member.2.Key` … until one is missing. */
const members = (input: Fields, name: (position: number) => string): readonly string[] => {
  const found: string[] = [];
  for (let at = 1; ; at += 1) {
    const value = optionalText(input, name(at));
    if (value === undefined) return found;
    found.push(value);
  }
};

const checked = (key: string, value: string): readonly [string, string] => {
  if (key.length === 0 || key.length > 128 || !allowed.test(key) || /^aws:/i.test(key))
    throw invalid(`Invalid session tag key: ${key}`);
  if (value.length > 256 || !allowed.test(value)) throw invalid(`Invalid value of session tag ${key}`);
  return [key, value];
};

/**
 * The tags of an AssumeRole request, within the limits of STS: 50, keys that differ by more than case.
 * Source: IAM User Guide, "Pass session tags in AWS STS".
 */
export const sessionTags = (input: Fields): SessionTags => {
  const keys = members(input, (at) => `Tags.member.${at}.Key`);
  const pairs = keys.map((key, index) => checked(key, optionalText(input, `Tags.member.${index + 1}.Value`) ?? ''));
  if (pairs.length > tagsMax) throw invalid(`At most ${tagsMax} session tags.`);
  if (new Set(keys.map((key) => key.toLowerCase())).size < keys.length)
    throw new AwsError(
      'InvalidParameterValue',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  const transitiveKeys = members(input, (at) => `TransitiveTagKeys.member.${at}`);
  const strange = transitiveKeys.find((key) => !keys.includes(key));
  if (strange !== undefined)
    throw invalid(`The specified transitive tag key ${strange} must be included in the requested tags.`);
  return { requested: Object.fromEntries(pairs), transitiveKeys };
};
