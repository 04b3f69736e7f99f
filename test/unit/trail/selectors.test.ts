import { advancedSelectors } from '../../../local/trail/advanced-selectors.ts';
import { basicSelectors } from '../../../local/trail/basic-selectors.ts';
import type { Facts } from '../../../local/trail/facts.ts';
import { refusedSelectors, selectorCases, sessionOf, tableArn } from './cases/selectors.ts';

describe.each(selectorCases)('a trail selects $what', ({ selector, hits, misses }) => {
  const selects = advancedSelectors('t', [{ FieldSelectors: selector }]);
  it('and so records these', () => expect(hits.filter((facts) => !selects(facts))).toEqual([]));
  it('and not those', () => expect(misses.filter(selects)).toEqual([]));
});

it.each(refusedSelectors)('refuses %s, as CloudTrail does', (_, selector, why) => {
  expect(() => advancedSelectors('t', [{ FieldSelectors: selector }])).toThrow(why);
});

it('records what any of its selectors selects', () => {
  const [first, , , ofTables] = selectorCases;
  const both = [first, ofTables].map((each) => ({ FieldSelectors: each?.selector ?? [] }));
  const selects = advancedSelectors('t', both);
  for (const facts of [...(first?.hits ?? []), ...(ofTables?.hits ?? [])]) expect(selects(facts)).toBe(true);
});

const facts = (category: Facts['category'], readOnly: boolean, arn = '', resourceType = ''): Facts => ({
  ...{ category, readOnly, resourceType, eventName: 'X', eventSource: 'kms.amazonaws.com', eventType: 'AwsApiCall' },
  userArn: sessionOf('x'),
  resourceArns: () => [arn],
});
const table = 'AWS::DynamoDB::Table';
const objects = 'AWS::S3::Object';

// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DataResource.html
it.each([
  ['management events by default', {}, facts('Management', false), true],
  ['management events, unless told not to', { IncludeManagementEvents: false }, facts('Management', false), false],
  ['only what changes', { ReadWriteType: 'WriteOnly' }, facts('Management', true), false],
  ['no excluded source', { ExcludeManagementEventSources: ['kms.amazonaws.com'] }, facts('Management', true), false],
  ['no data events by default', {}, facts('Data', true, tableArn('a'), table), false],
  [
    'a table by its ARN',
    { DataResources: [{ Type: table, Values: [tableArn('a')] }] },
    facts('Data', true, tableArn('a'), table),
    true,
  ],
  [
    'no table that begins alike',
    { DataResources: [{ Type: table, Values: [tableArn('a')] }] },
    facts('Data', true, tableArn('ab'), table),
    false,
  ],
  [
    'every table',
    { DataResources: [{ Type: table, Values: ['arn:aws:dynamodb'] }] },
    facts('Data', true, tableArn('a'), table),
    true,
  ],
  [
    'objects by prefix',
    { DataResources: [{ Type: objects, Values: ['arn:aws:s3:::b/x'] }] },
    facts('Data', true, 'arn:aws:s3:::b/xy', objects),
    true,
  ],
  [
    'no objects of another bucket',
    { DataResources: [{ Type: objects, Values: ['arn:aws:s3:::b/'] }] },
    facts('Data', true, 'arn:aws:s3:::bc/x', objects),
    false,
  ],
])('an event selector records %s', (_, selector, event, expected) => {
  expect(basicSelectors('t', [selector])(event)).toBe(expected);
});

it.each([
  [{ ReadWriteType: 'Some' }, /Some/],
  [{ DataResources: [{ Type: 'AWS::SQS::Queue', Values: [] }] }, /AWS::SQS::Queue/],
])('refuses the event selector %j', (selector, why) => {
  expect(() => basicSelectors('t', [selector])).toThrow(why);
});
