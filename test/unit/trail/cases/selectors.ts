import type { Facts } from '../../../../local/trail/facts.ts';

const account = '111122223333';
export const tableArn = (name: string): string => `arn:aws:dynamodb:eu-west-1:${account}:table/${name}`;
const functionArn = `arn:aws:lambda:eu-west-1:${account}:function:things`;
export const sessionOf = (role: string): string => `arn:aws:sts::${account}:assumed-role/${role}/session`;

const management = (eventSource: string, readOnly = false, eventName = 'Something'): Facts => ({
  ...{ category: 'Management', eventSource: `${eventSource}.amazonaws.com`, eventName, eventType: 'AwsApiCall' },
  readOnly,
  userArn: sessionOf('Somebody'),
  resourceArns: () => [],
});

const data = (resourceType: string, arns: readonly string[], more: Partial<Facts> = {}): Facts => ({
  category: 'Data',
  eventSource: 'dynamodb.amazonaws.com',
  eventName: 'GetItem',
  eventType: 'AwsApiCall',
  readOnly: true,
  userArn: sessionOf('Somebody'),
  resourceType,
  resourceArns: () => arns,
  ...more,
});
const table = 'AWS::DynamoDB::Table';
const onTable = (more: Partial<Facts> = {}, name = 'things'): Facts => data(table, [tableArn(name)], more);
const byService: Facts = {
  ...{ category: 'Data', eventSource: 'lambda.amazonaws.com', eventName: 'Invoke', eventType: 'AwsApiCall' },
  ...{ readOnly: false, resourceType: 'AWS::Lambda::Function', resourceArns: () => [functionArn] },
};

export interface SelectorCase {
  readonly what: string;
  /** Field selectors of one advanced event selector. */
  readonly selector: readonly object[];
  readonly hits: readonly Facts[];
  readonly misses: readonly Facts[];
  readonly source: string;
}

const guide = 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html';
const reference = 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html';
const is = (Field: string, ...Equals: readonly string[]) => ({ Field, Equals });
const ofManagement = is('eventCategory', 'Management');
const ofTables = [is('eventCategory', 'Data'), is('resources.type', table)];

export const selectorCases: readonly SelectorCase[] = [
  {
    what: 'all management events and no data event',
    selector: [ofManagement],
    hits: [management('kms', true), management('iam')],
    misses: [onTable()],
    source: reference,
  },
  {
    what: 'management events that change something',
    selector: [ofManagement, is('readOnly', 'false')],
    hits: [management('iam', false)],
    misses: [management('iam', true)],
    source: reference,
  },
  {
    what: 'management events but those of KMS',
    selector: [ofManagement, { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }],
    hits: [management('iam')],
    misses: [management('kms')],
    source: reference,
  },
  {
    what: 'data events of one type and no management event',
    selector: ofTables,
    hits: [onTable()],
    misses: [data('AWS::Lambda::Function', [functionArn]), management('dynamodb'), byService],
    source: reference,
  },
  {
    what: 'exact resources: any of the values',
    selector: [...ofTables, is('resources.ARN', tableArn('a'), tableArn('b'))],
    hits: [onTable({}, 'a'), onTable({}, 'b')],
    misses: [onTable({}, 'ab'), onTable({}, 'a/index/x')],
    source: guide,
  },
  {
    what: 'resources by their beginning, and no wildcard',
    selector: [...ofTables, { Field: 'resources.ARN', StartsWith: [tableArn('a')] }],
    hits: [onTable({}, 'ab')],
    misses: [onTable({}, 'ba')],
    source: guide,
  },
  {
    what: 'a star is a star',
    selector: [...ofTables, is('resources.ARN', tableArn('*'))],
    hits: [onTable({}, '*')],
    misses: [onTable({}, 'a')],
    source: reference,
  },
  {
    what: 'an event about several resources by any of them',
    selector: [...ofTables, is('resources.ARN', tableArn('a'))],
    hits: [data(table, [tableArn('b'), tableArn('a')])],
    misses: [data(table, [tableArn('b')]), data(table, [])],
    source: guide,
  },
  {
    what: 'names by their end',
    selector: [...ofTables, { Field: 'eventName', EndsWith: ['Item'] }],
    hits: [onTable()],
    misses: [onTable({ eventName: 'Query' })],
    source: guide,
  },
  {
    what: 'values that leave out: none of them',
    selector: [...ofTables, { Field: 'eventName', NotEquals: ['Query', 'Scan'] }],
    hits: [onTable()],
    misses: [onTable({ eventName: 'Query' }), onTable({ eventName: 'Scan' })],
    source: guide,
  },
  {
    what: 'ends that leave out',
    selector: [...ofTables, { Field: 'eventName', NotEndsWith: ['Item'] }],
    hits: [onTable({ eventName: 'Query' })],
    misses: [onTable()],
    source: guide,
  },
  {
    what: 'several selecting operators on one field: any of them',
    selector: [...ofTables, { Field: 'eventName', Equals: ['Query'], StartsWith: ['Get'], EndsWith: ['can'] }],
    hits: [onTable(), onTable({ eventName: 'Query' }), onTable({ eventName: 'Scan' })],
    misses: [onTable({ eventName: 'PutItem' })],
    source: guide,
  },
  {
    what: 'selecting and leaving out on one field: both',
    selector: [...ofTables, { Field: 'eventName', StartsWith: ['Batch'], NotEndsWith: ['WriteItem'] }],
    hits: [onTable({ eventName: 'BatchGetItem' })],
    misses: [onTable({ eventName: 'BatchWriteItem' }), onTable({ eventName: 'GetItem' })],
    source: guide,
  },
  {
    what: 'callers by exact role, told apart by the slash',
    selector: [
      ...ofTables,
      { Field: 'userIdentity.arn', NotStartsWith: [`arn:aws:sts::${account}:assumed-role/app/`] },
    ],
    hits: [onTable(), onTable({ userArn: sessionOf('app2') })],
    misses: [onTable({ userArn: sessionOf('app') })],
    source: guide,
  },
  {
    what: 'a caller without ARN: not left out',
    selector: [
      is('eventCategory', 'Data'),
      is('resources.type', 'AWS::Lambda::Function'),
      { Field: 'userIdentity.arn', NotStartsWith: ['arn:aws:sts::'] },
    ],
    hits: [byService],
    misses: [onTable()],
    source: guide,
  },
  {
    what: 'a caller without ARN: not selected',
    selector: [
      is('eventCategory', 'Data'),
      is('resources.type', 'AWS::Lambda::Function'),
      { Field: 'userIdentity.arn', StartsWith: ['arn:'] },
    ],
    hits: [{ ...byService, userArn: sessionOf('x') }],
    misses: [byService],
    source: guide,
  },
  {
    what: 'reading data events',
    selector: [...ofTables, is('readOnly', 'true')],
    hits: [onTable()],
    misses: [onTable({ readOnly: false })],
    source: reference,
  },
];

/** What AWS refuses, and what the message must say. */
export const refusedSelectors: readonly (readonly [what: string, selector: readonly object[], why: RegExp])[] = [
  ['no category', [is('resources.type', table)], /eventCategory/],
  ['network events', [is('eventCategory', 'NetworkActivity')], /NetworkActivity/],
  [
    'a category by another operator',
    [{ Field: 'eventCategory', StartsWith: ['Data'] }, ...ofTables.slice(1)],
    /StartsWith/,
  ],
  ['management events by name', [ofManagement, is('eventName', 'PutKeyPolicy')], /eventName/],
  ['management events by caller', [ofManagement, is('userIdentity.arn', 'x')], /userIdentity\.arn/],
  ['management events by source', [ofManagement, is('eventSource', 'kms.amazonaws.com')], /Equals/],
  [
    'management events without a source',
    [ofManagement, { Field: 'eventSource', NotEquals: ['iam.amazonaws.com'] }],
    /iam/,
  ],
  ['data events without a type', [is('eventCategory', 'Data')], /0 resource types/],
  ['two types', [is('eventCategory', 'Data'), is('resources.type', table, 'AWS::S3::Object')], /2 resource types/],
  ['data events by error', [...ofTables, is('errorCode', 'AccessDenied')], /errorCode/],
  ['a third truth', [...ofTables, is('readOnly', 'maybe')], /maybe/],
  ['an operator that is none', [...ofTables, { Field: 'eventName', Matches: ['x'] }], /Matches/],
  ['no operator', [...ofTables, { Field: 'eventName' }], /no operator/],
  ['a field twice', [...ofTables, is('eventName', 'a'), { Field: 'eventName', NotEquals: ['b'] }], /twice/],
  ['501 values', [...ofTables, is('eventName', ...Array.from({ length: 499 }, (_, at) => `e${at}`))], /501 values/],
];
