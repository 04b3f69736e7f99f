import { type Fields, fieldsList, optionalText, own, text } from '../aws/fields.ts';
import type { ObservedCall } from '../aws/observed-call.ts';
import { onlyKnown } from '../aws/only-known.ts';
import type { Endpoint, Properties, World } from '../aws/world.ts';
import type { JsonObject } from '../template/json.ts';
import { TwinError } from '../twin-error.ts';
import type { LogLine } from '../types.ts';
import { advancedSelectors } from './advanced-selectors.ts';
import { basicSelectors } from './basic-selectors.ts';
import { busEvent } from './bus-event.ts';
import { factsOfCall } from './call-facts.ts';
import { recordOfCall } from './call-record.ts';
import type { Facts, Selects } from './facts.ts';
import { completed, factsOfRecord } from './given-record.ts';
import { checkDelivery } from './may-deliver.ts';
import { factsOfInvocation, recordOfInvocation } from './service-invocation.ts';
import type { Trail } from './trail.ts';

export interface TrailOptions {
  readonly world: World;
  readonly endpoint: Endpoint;
  readonly write: (line: LogLine) => void;
  readonly putEvent: (event: JsonObject) => Promise<void>;
}

interface Recording {
  readonly selects: Selects;
  readonly group?: string;
}

const known = [
  ...['TrailName', 'IsLogging', 'IsMultiRegionTrail', 'IncludeGlobalServiceEvents', 'EnableLogFileValidation'],
  ...['S3BucketName', 'S3KeyPrefix', 'KMSKeyId', 'CloudWatchLogsLogGroupArn', 'CloudWatchLogsRoleArn', 'Tags'],
  ...['AdvancedEventSelectors', 'EventSelectors', 'IsOrganizationTrail'],
];

const isOn = (value: unknown): boolean => value === true || value === 'true';

/** CloudTrail. It watches the calls of SDK clients from the first trail on, and is told of what else happens. */
export const createTrail = ({ world, endpoint, write, putEvent }: TrailOptions): Trail => {
  const recordings: Recording[] = [];
  const { region, clock } = world;

  const recordingsOf = (facts: Facts): readonly Recording[] => recordings.filter(({ selects }) => selects(facts));
  const keep = (record: JsonObject, kept: readonly Recording[]): void => {
    const message = JSON.stringify(record);
    for (const { group } of kept) if (group !== undefined) write({ at: clock.now(), group, message });
    const event = busEvent(record, region);
    if (event) putEvent(event).catch((error: unknown) => console.error('event bus:', error));
  };
  const called = (call: ObservedCall): void => {
    const kept = recordingsOf(factsOfCall(call));
    if (kept.length > 0) keep(recordOfCall(call, world), kept);
  };

  const happened: Trail['happened'] = (record) => {
    const whole = completed(record, world, clock.now());
    const kept = recordingsOf(factsOfRecord(whole));
    if (kept.length > 0) keep(whole, kept);
    return kept.length > 0 ? whole : undefined;
  };

  return {
    addTrail: (properties) => {
      const name = text(properties, 'TrailName');
      onlyKnown(`Trail ${name}`, properties, known);
      if (isOn(properties.IsOrganizationTrail))
        throw new TwinError(`Trail ${name} is an organization's.`, 'The twin has one account.');
      const arn = `arn:aws:cloudtrail:${region}:${world.account}:trail/${name}`;
      const selects = selectsOf(name, properties);
      checkDelivery(properties, arn, endpoint, world);
      const group = optionalText(properties, 'CloudWatchLogsLogGroupArn')?.split(':')[6];
      if (recordings.length === 0) endpoint.onCall(called);
      if (isOn(properties.IsLogging)) recordings.push({ selects, ...(group === undefined ? {} : { group }) });
      return { ref: name, arn };
    },
    happened,
    invoked: (service, functionArn) => {
      // For each request: asked before anything is made.
      if (recordingsOf(factsOfInvocation(functionArn)).length > 0)
        happened(recordOfInvocation(service, functionArn, world.account));
    },
  };
};

/** All management events where a trail says nothing. */
const selectsOf = (name: string, properties: Properties): Selects => {
  const [advanced, basic] = [listed(properties, 'AdvancedEventSelectors'), listed(properties, 'EventSelectors')];
  if (advanced.length > 0 && basic.length > 0)
    throw new TwinError(`Trail ${name} has both kinds of event selectors.`, 'CloudTrail takes one kind.');
  if (advanced.length > 0) return advancedSelectors(name, advanced);
  return basicSelectors(name, basic.length > 0 ? basic : [{}]);
};

const listed = (properties: Properties, name: string): readonly Fields[] =>
  own(properties, name) === undefined ? [] : fieldsList(properties, name);
