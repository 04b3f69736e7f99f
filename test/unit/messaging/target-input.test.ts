import { targetInput } from '../../../local/messaging/events/target-input.ts';
import type { JsonObject } from '../../../local/template/json.ts';

const event = {
  version: '0',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.kms',
  detail: { eventName: 'DisableKey', by: 'a "quoted" name', count: 2, items: [{ id: 'i-1' }], none: null },
};
const rule = { name: 'key-endangered', arn: 'arn:aws:events:eu-west-1:111122223333:rule/key-endangered', now: 0 };
const inputOf = (target: JsonObject) => targetInput(target)(event, rule);
const transformed = (InputTemplate: string, InputPathsMap: JsonObject = {}) =>
  inputOf({ InputTransformer: { InputTemplate, InputPathsMap } });

it.each<[string, string, JsonObject, string]>([
  ['a text outside of quotes as JSON', '{"name":<n>}', { n: '$.detail.eventName' }, '{"name":"DisableKey"}'],
  ['a text inside of quotes as it is', '{"name":"the <n>"}', { n: '$.detail.eventName' }, '{"name":"the DisableKey"}'],
  ['a number and null as JSON', '{"a":<a>,"b":<b>}', { a: '$.detail.count', b: '$.detail.none' }, '{"a":2,"b":null}'],
  ['an element of a list', '{"id":<id>}', { id: '$.detail.items[0].id' }, '{"id":"i-1"}'],
  ['an object', '{"first":<first>}', { first: '$.detail.items[0]' }, '{"first":{"id":"i-1"}}'],
  [
    'the whole event',
    '{"detection":"x","event":<e>}',
    { e: '$' },
    `{"detection":"x","event":${JSON.stringify(event)}}`,
  ],
  ['the predefined event', '{"event":<aws.events.event.json>}', {}, `{"event":${JSON.stringify(event)}}`],
  [
    'the event without its detail',
    '<aws.events.event>',
    {},
    '{"version":"0","detail-type":"AWS API Call via CloudTrail","source":"aws.kms"}',
  ],
  [
    "the rule's name and ARN",
    '{"a":"<aws.events.rule-name>","b":<aws.events.rule-arn>}',
    {},
    `{"a":"key-endangered","b":"${rule.arn}"}`,
  ],
  ['when it was taken in', '{"at":<aws.events.event.ingestion-time>}', {}, '{"at":"1970-01-01T00:00:00.000Z"}'],
  ['nothing for a variable that is nowhere', '"It was <who>."', { who: '$.detail.who' }, '"It was ."'],
  [
    'a template of text as it is',
    '"<n> happened."\n"Look."',
    { n: '$.detail.eventName' },
    '"DisableKey happened."\n"Look."',
  ],
])('puts in %s', (_, template, paths, expected) => {
  expect(transformed(template, paths)).toBe(expected);
});

it('does not escape what stands inside of quotes: as on AWS, such an event is lost', () => {
  expect(() => transformed('{"by":"<by>"}', { by: '$.detail.by' })).toThrow('the input is not JSON');
  expect(transformed('{"by":<by>}', { by: '$.detail.by' })).toBe('{"by":"a \\"quoted\\" name"}');
});

it('gives the event, a part of it, or a constant', () => {
  expect(inputOf({})).toBe(JSON.stringify(event));
  expect(inputOf({ InputPath: '$.detail.items' })).toBe('[{"id":"i-1"}]');
  expect(inputOf({ Input: '{ "a": 1 }' })).toBe('{"a":1}');
});

it.each<[string, JsonObject, string]>([
  ['two ways at once', { Input: '{}', InputPath: '$' }, 'one of them'],
  ['a path that is not built', { InputPath: '$.detail.*' }, 'no path'],
  ['a variable that is not declared', { InputTransformer: { InputTemplate: '<x>' } }, 'no variable'],
  ['a reserved name', { InputTransformer: { InputTemplate: '<aws.x>', InputPathsMap: { 'aws.x': '$' } } }, 'reserved'],
])('refuses %s', (_, target, says) => {
  expect(() => targetInput(target)).toThrow(says);
});
