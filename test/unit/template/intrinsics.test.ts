import { isTrue, resolve } from '../../../local/template/intrinsics.ts';
import type { Json } from '../../../local/template/json.ts';
import { noValue, type Scope, Unresolved } from '../../../local/template/scope.ts';

const lookup = <T>(values: Record<string, T>, name: string): T => {
  const value = values[name];
  if (value === undefined) throw new Unresolved(name, 'missing');
  return value;
};

const scope: Scope = {
  ref: (name) => lookup({ Bucket: 'b-1', 'AWS::Region': 'eu-central-1', 'AWS::NoValue': noValue }, name),
  attribute: (id, name) => lookup<Json>({ 'Table.Arn': 'arn:table', 'Table.List': ['a', 'b'] }, `${id}.${name}`),
  condition: (name) => lookup({ Yes: true, No: false }, name),
  mapping: (map, first, second) => lookup({ 'M.eu.x': 'found' }, `${map}.${first}.${second}`),
  imported: (name) => lookup({ 'S:Out': 'exported' }, name),
};

const values: readonly (readonly [guarantee: string, expression: Json, value: Json])[] = [
  ['keeps plain values', { a: [1, true, null, 'x'] }, { a: [1, true, null, 'x'] }],
  ['Ref', { Ref: 'Bucket' }, 'b-1'],
  ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:table'],
  ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Table.Arn' }, 'arn:table'],
  ['Fn::Sub with refs and attributes', { 'Fn::Sub': '${Bucket}/${Table.Arn}' }, 'b-1/arn:table'],
  ['Fn::Sub with variables', { 'Fn::Sub': ['${x}-${Bucket}', { x: { Ref: 'AWS::Region' } }] }, 'eu-central-1-b-1'],
  ['Fn::Sub leaves escaped placeholders', { 'Fn::Sub': '${!aws:x}' }, '${aws:x}'],
  ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'Bucket' }, 3]] }, 'a-b-1-3'],
  ['Fn::Join of a resolved list', { 'Fn::Join': ['', { 'Fn::GetAtt': ['Table', 'List'] }] }, 'ab'],
  ['Fn::Select of Fn::Split', { 'Fn::Select': ['1', { 'Fn::Split': ['|', 'a|b'] }] }, 'b'],
  ['Fn::ImportValue', { 'Fn::ImportValue': 'S:Out' }, 'exported'],
  ['Fn::If takes one branch only', { 'Fn::If': ['No', { Ref: 'Missing' }, 'else'] }, 'else'],
  ['AWS::NoValue removes a property', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
  ['AWS::NoValue removes a list item', [{ 'Fn::If': ['Yes', { Ref: 'AWS::NoValue' }, 1] }, 2], [2]],
  ['Fn::FindInMap', { 'Fn::FindInMap': ['M', 'eu', 'x'] }, 'found'],
  ['Fn::Base64', { 'Fn::Base64': 'hi' }, 'aGk='],
  [
    'an IAM condition is no condition of the template',
    { Condition: { Bool: { a: 'b' } } },
    { Condition: { Bool: { a: 'b' } } },
  ],
];

const conditions: readonly (readonly [expression: Json, value: boolean])[] = [
  [{ 'Fn::Equals': ['a', 'a'] }, true],
  [{ 'Fn::Equals': [1, '1'] }, true],
  [{ 'Fn::Not': [{ Condition: 'No' }] }, true],
  [{ 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] }, false],
  [{ 'Fn::Or': [{ Condition: 'No' }, { 'Fn::Equals': ['a', 'a'] }] }, true],
];

const unresolved: readonly (readonly [guarantee: string, expression: Json])[] = [
  ['an unknown function', { 'Fn::Transform': {} }],
  ['a missing reference', { a: [{ Ref: 'Missing' }] }],
  ['a missing attribute', { 'Fn::GetAtt': ['Table', 'Nothing'] }],
  ['a missing variable of Fn::Sub', { 'Fn::Sub': '${Missing}' }],
  ['a missing import', { 'Fn::ImportValue': 'S:Other' }],
  ['a missing index', { 'Fn::Select': [5, ['a']] }],
  ['an object in Fn::Join', { 'Fn::Join': ['', [{ a: 1 }]] }],
  ['a dynamic reference', '{{resolve:ssm:name}}'],
  ['AWS::NoValue as a whole', { Ref: 'AWS::NoValue' }],
];

describe('the value of a template expression', () => {
  it.each(values)('%s', (_, expression, value) => {
    expect(resolve(expression, scope)).toEqual(value);
  });

  it.each(conditions)('condition %j is %s', (expression, value) => {
    expect(isTrue(expression, scope)).toBe(value);
  });

  it.each(unresolved)('is never silently undefined: %s', (_, expression) => {
    expect(() => resolve(expression, scope)).toThrow(Unresolved);
  });
});
