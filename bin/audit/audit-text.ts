import { asTable } from '../table.ts';
import type { Fault, Findings } from './check-archive.ts';

const plain = (count: number): string => count.toLocaleString('en');
const time = (at: string | undefined): string => at ?? 'none';

export const summaryOf = ({ objects, events, first, last, tenants, ...rest }: Findings): string =>
  asTable(
    ['', ''],
    [
      ['objects', plain(objects)],
      ['events', `${plain(events)}${rest.repeated > 0 ? ` (${plain(rest.repeated)} told twice by the stream)` : ''}`],
      ['tenants', plain(tenants.size)],
      ['first event', time(first)],
      ['last event', time(last)],
      [
        'lock',
        rest.unlocked === 0
          ? 'in force on every object'
          : `over on ${plain(rest.unlocked)} objects, as the stage wants`,
      ],
      ['last object', `${rest.lastKey ?? 'none'} ${rest.lastHash ?? ''}`.trim()],
    ],
  ).trimStart();

const placesMax = 10;

/** The first object that is broken, what was expected, and what to do; the others in short. */
export const faultText = ([first, ...others]: readonly Fault[], bucket: string): string => {
  if (!first) return '';
  const more = others.slice(0, placesMax).map(({ key, found }) => `    ${key}: ${found}`);
  return [
    `✗ ${first.key}: ${first.found}.`,
    `    Expected: ${first.expected}.`,
    `    Look: aws s3api list-object-versions --bucket ${bucket} --prefix ${first.key}`,
    '    Then: docs/runbooks/audit-event-changed.md. Change nothing in the bucket: it is evidence.',
    ...(others.length > 0 ? [`  and ${plain(others.length)} more:`, ...more] : []),
    ...(others.length > placesMax ? [`    … ("--json" has all)`] : []),
  ].join('\n');
};

export const changedText = ({ changed }: Findings): string =>
  changed === 0
    ? ''
    : `! ${plain(changed)} audit events were overwritten or deleted in their table; the archive has what they said: docs/runbooks/audit-event-changed.md.`;

/** What CloudTrail delivered beside the archive has signed digests, which AWS's own tool checks. */
export const digestCommand = (trailArn: string, region: string, since: string | undefined): string =>
  `aws cloudtrail validate-logs --trail-arn ${trailArn} --start-time ${(since ?? new Date().toISOString()).slice(0, 10)}T00:00:00Z --region ${region}`;
