import fc from 'fast-check';

/** Stands in a value for a number that JSON can write and JSON.stringify cannot. */
const written = (number: string): string => `@@number:${number}`;

/** JSON text of a value, its written numbers as they are. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, undefined, 0).replace(/"@@number:([^"]+)"/g, '$1');

/** What every object has without being given it. */
export const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'then', 'toJSON'];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...inherited,
    '',
    ' ',
    '\t',
    'a ',
    '\u0000',
    'a\u0000b',
    '\u001b[0m',
    '\u2028',
    '\ud800',
    'a\ud83d',
    '\udc00\ud800',
  ),
  fc.constantFrom(
    '\u202e\u05d0',
    '👩‍👩‍👧‍👦',
    'ﷺ',
    'null',
    'NaN',
    '-0',
    '1e400',
    '0x10',
    '../..',
    '..',
    '.',
    '%00',
    '%2F',
    'a/b',
    'a#b',
    'a?b',
  ),
  fc.constantFrom(
    "' OR 1=1 --",
    '<script>alert(1)</script>',
    '${7*7}',
    '{{7*7}}',
    'a\r\nSet-Cookie: a=b',
    'attribute_exists(pk)',
  ),
  fc.constantFrom(81, 121, 255, 2001, 4001, 30_000).map((length) => 'x'.repeat(length)),
  fc.constantFrom(41, 81, 121, 4001).map((length) => '𝒳'.repeat(length)),
  fc.string({ unit: 'binary', maxLength: 100 }),
);

const hostileNumber: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(0, -1, 1.5, 2 ** 53, -(2 ** 63), 1e300, 5e-324),
  fc
    .constantFrom('-0', '1e400', '-1e400', '1E+2', '0.1e1', '99999999999999999999999999', '1.0000000000000000000001')
    .map(written),
);

const nested = (depth: number): unknown => {
  let value: unknown = [];
  for (let at = 0; at < depth; at += 1) value = at % 2 ? [value] : { a: value };
  return value;
};

const inheritedNames: fc.Arbitrary<unknown> = fc
  .tuple(fc.constantFrom(...inherited), fc.jsonValue({ maxDepth: 1 }))
  .map(([name, value]) => Object.fromEntries([[name, value]]));

/** Values of every type that a field does not expect. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  hostileNumber,
  inheritedNames,
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { length: 3 }),
  fc.constantFrom(3, 18, 19, 20, 25, 500).map(nested),
  fc.jsonValue({ maxDepth: 3 }),
);

type Path = readonly (string | number)[];

const pathsIn = (value: unknown, path: Path = []): readonly Path[] => [
  path,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) =>
        pathsIn(inner, [...path, Array.isArray(value) ? Number(name) : name]),
      )
    : []),
];

const changedAt = (value: unknown, [step, ...rest]: Path, change: (inner: unknown) => unknown): unknown => {
  if (step === undefined) return change(value);
  if (Array.isArray(value)) return value.map((inner, at) => (at === step ? changedAt(inner, rest, change) : inner));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, inner]) => [
      name,
      name === step ? changedAt(inner, rest, change) : inner,
    ]),
  );
};

const changes: Readonly<Record<string, (inner: unknown, hostile: unknown, name: string) => unknown>> = {
  replace: (_, hostile) => hostile,
  wrap: (inner) => [inner],
  write: (inner) => (typeof inner === 'string' ? inner : JSON.stringify(inner)),
  repeat: (inner, hostile) => (Array.isArray(inner) ? [...inner, ...inner, ...inner] : hostile),
  add: (inner, hostile, name) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries([...Object.entries(inner), [name, hostile]])
      : hostile,
  take: (inner) =>
    typeof inner === 'object' && inner !== null ? Object.fromEntries(Object.entries(inner).slice(1)) : null,
};

const changed = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(valid, fc.nat(), fc.constantFrom(...Object.values(changes)), hostileValue, hostileText)
    .map(([value, at, change, hostile, name]) => {
      const paths = pathsIn(value);
      return changedAt(value, paths[at % paths.length] ?? [], (inner) => change(inner, hostile, name));
    });

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], value);

const drawnOut = (valid: fc.Arbitrary<unknown>, lengths: readonly number[]): fc.Arbitrary<unknown> =>
  fc.tuple(valid, fc.nat(), fc.constantFrom(...lengths)).map(([value, at, length]) => {
    const texts = pathsIn(value).filter((path) => typeof valueAt(value, path) === 'string');
    return changedAt(value, texts[at % texts.length] ?? [], (inner) => String(inner).padEnd(length, 'x'));
  });

/** A valid value with one change in it, or one text of some length. It may still be valid: the document decides. */
export const nearlyValid = (valid: fc.Arbitrary<unknown>, lengths: readonly number[]): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: changed(valid), weight: 3 }, { arbitrary: drawnOut(valid, lengths), weight: 1 });

/** What is no JSON, or none that a body may be. */
export const hostileBody: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'null',
    '[]',
    '""',
    '0',
    'true',
    'NaN',
    '{',
    '{"a":',
    '[1,]',
    '{a:1}',
    "{'a':1}",
    '{"a":1}{}',
    '\ufeff{}',
    '\ufffd',
  ),
  fc.constantFrom(20, 21, 1000, 30_000).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  fc.constantFrom(65_534, 65_535, 65_536).map((length) => JSON.stringify('x'.repeat(length))),
  fc.string({ unit: 'binary', maxLength: 60 }).map((text) => text.toString()),
  hostileValue.map(jsonText),
);
