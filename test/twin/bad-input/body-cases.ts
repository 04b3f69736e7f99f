import { always, type BadCase, hasBody, hasNoBody, takes } from './bad-case.ts';
import { withBody, withProperty } from './sent.ts';

const body = (name: string, sent: string | Buffer): BadCase => ({
  name,
  applies: hasBody,
  spoil: (valid) => withBody(valid, sent),
  code: 'invalid-request',
  field: 'body',
});

const large = (name: string, bytes: number, applies: BadCase['applies'], field?: string): BadCase => ({
  name,
  applies,
  spoil: (sent) => withBody(sent, Buffer.alloc(bytes, 'x')),
  code: 'payload-too-large',
  ...(field !== undefined && { field }),
});

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** What a body can be and must not. */
export const bodyCases: readonly BadCase[] = [
  large('a body of 64 KiB and a byte', 65_537, always, 'body'),
  large('a body of 1 MB', 1_000_000, always, 'body'),
  large('a body of 10 MB and a byte', 10 * 1024 * 1024 + 1, hasBody),
  body('no body', ''),
  ...[
    'null',
    '[]',
    '"a"',
    '1',
    'true',
    ' ',
    '{',
    '{"name":"a",}',
    "{'name':'a'}",
    '{"name":"a"}{}',
    'NaN',
    '\ufeff{"name":"a"}',
  ].map((text) => body(`the body ${text}`, text)),
  body('bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0x6e, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d])),
  body('half a character as bytes', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])),
  body('an overlong encoding', Buffer.from([0x22, 0xc0, 0xaf, 0x22])),
  body('21 levels of nesting', `{"name":${nested(20)}}`),
  body('10,000 levels of nesting', nested(10_000)),
  body('__proto__', '{"name":"a","__proto__":{"isAdmin":true}}'),
  body('__proto__, escaped and deep', '{"name":"a","links":[{"\\u005f_proto__":{}}]}'),
  ...['x', 'id', 'tenant', 'version', 'constructor', 'toString', 'pk'].map(
    (name): BadCase => ({
      name: `the unknown property ${name}`,
      applies: (route) => hasBody(route) && !takes(route, name),
      spoil: (sent) => withProperty(sent, name, 'x'),
      code: 'invalid-request',
      field: `body.${name}`,
    }),
  ),
  ...[null, 1, '', ' a', 'a\u0000', 'a\nb', '\ud800', 'x'.repeat(2000), ['a'], { a: 1 }].map(
    (value): BadCase => ({
      name: `the name ${JSON.stringify(value).slice(0, 20)}`,
      applies: hasBody,
      spoil: (sent) => withProperty(sent, 'name', value),
      code: 'invalid-request',
      field: 'body.name',
    }),
  ),
  ...[0, 101].map(
    (count): BadCase => ({
      name: `${count} elements`,
      applies: ({ each }) => each !== undefined,
      spoil: (sent) => withProperty(sent, 'items', Array(count).fill({ name: 'a' })),
      code: 'invalid-request',
      field: 'body.items',
    }),
  ),
  {
    name: 'a body where none is read',
    applies: hasNoBody,
    spoil: (sent) => withBody(sent, '{}'),
    code: 'invalid-request',
    field: 'body',
  },
];
