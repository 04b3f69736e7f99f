import { attributesIn, equalityValues, tokensOf } from '../../../local/aws/dynamodb/expression.ts';

const names = { '#p': 'pk', '#x': 'x', '#0': 'zero' };
const values = { ':a': 'A', ':b': 'B' };

describe('the value that a key condition gives the partition key', () => {
  it.each<[string, readonly unknown[]]>([
    ['pk = :a', ['A']],
    ['#p=:a', ['A']],
    [':a = pk', ['A']],
    ['((pk) = (:a))', ['A']],
    ['sk > :b AND pk = :a', ['A']],
    ['sk BETWEEN :b AND :b and #p = :a', ['A']],
    ['begins_with(sk, :b) AND (pk=:a)', ['A']],
    ['pk = :a AND pk = :b', ['A', 'B']],
    ['sk = :a', []],
    ['pk > :a', []],
    ['pk <= :a', []],
    ['pk = :none', [undefined]],
    ['pk = sk', []],
    ['#none = :a', []],
    ['', []],
  ])('%s', (expression, found) => {
    expect(equalityValues(expression, 'pk', names, values)).toEqual(found);
  });

  it('is not taken from a prototype', () => {
    expect(equalityValues('#p = :a', 'pk', Object.create({ '#p': 'pk' }), values)).toEqual([]);
    expect(equalityValues('pk = :a', 'pk', {}, Object.create({ ':a': 'A' }))).toEqual([undefined]);
  });
});

it.each<[string, readonly string[]]>([
  [
    'SET #x = if_not_exists(count, :a) + :b, b.c[0] = :a REMOVE d ADD e :b DELETE f :b',
    ['x', 'count', 'b', 'd', 'e', 'f'],
  ],
  ['attribute_exists(a) AND NOT (size(b) IN (:a, :b) OR c BETWEEN :a AND :b)', ['a', 'b', 'c']],
  ['a, b.a, #0', ['a', 'b', 'zero']],
])('finds the attributes of %s', (expression, found) => {
  expect(attributesIn(expression, names)).toEqual(found);
});

it.each(['pk = "a"', "pk = 'a'", 'pk = :a; drop', 'pk = :ä', 'pk == :a /* x */', 'pk\u0000= :a'])(
  'refuses to read %j',
  (expression) => {
    expect(() => tokensOf(expression)).toThrow(/Syntax error/);
  },
);
