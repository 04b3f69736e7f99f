import { TwinError } from '../../twin-error.ts';
import type { Line } from '../line.ts';
import { createScanner } from '../scanner.ts';
import { parseJsonPattern } from './json-pattern.ts';
import { parseSpacePattern } from './space-pattern.ts';
import { parseTermsPattern } from './terms-pattern.ts';

/** Which lines of a log group are meant. */
export interface FilterPattern {
  matches(line: Line): boolean;
  /** Reads a field of a matching line by the name a metric gives: `$.latency`, `$status_code`. Refuses other names. */
  reader(name: string): (line: Line) => unknown;
}

/**
 * Parses a filter pattern of CloudWatch Logs: JSON in braces, space-delimited in brackets, terms otherwise. Throws
 * `TwinError` for one that CloudWatch would refuse.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export const parseFilterPattern = (text: string): FilterPattern => {
  if (text.length > 1024) throw new TwinError(`A filter pattern has ${text.length} characters.`, '1,024 are the most.');
  const scanner = createScanner('Filter pattern', text);
  if (scanner.take(/\{/y)) return parseJsonPattern(scanner);
  if (scanner.take(/\[/y)) return parseSpacePattern(scanner);
  return parseTermsPattern(scanner);
};
