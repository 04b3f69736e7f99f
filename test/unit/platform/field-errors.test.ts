import { z } from 'zod';
import { contract } from '../../../lambdas/contract.ts';
import { fieldErrorsOf } from '../../../lambdas/model/field-errors.ts';
import { ServiceInput } from '../../../lambdas/model/service.ts';
import { TeamInput } from '../../../lambdas/model/team.ts';
import { Limit } from '../../../lambdas/model/words.ts';

const told = (schema: z.ZodType, value: unknown): Readonly<Record<string, string>> => {
  const { error } = schema.safeParse(value);
  return Object.fromEntries(
    (error ? fieldErrorsOf('body', error) : []).map(({ field, expected }) => [field, expected]),
  );
};

describe('a refused field', () => {
  it.each<[why: string, schema: z.ZodType, value: unknown, answer: Readonly<Record<string, string>>]>([
    ['missing', ServiceInput, {}, { 'body.name': 'a string; it is missing' }],
    ['null', ServiceInput, null, { body: 'an object' }],
    [
      'of another type',
      ServiceInput,
      { name: 1, aliases: 'a' },
      { 'body.name': 'a string', 'body.aliases': 'an array' },
    ],
    ['too short', ServiceInput, { name: '' }, { 'body.name': 'at least 1 character' }],
    ['too long', ServiceInput, { name: 'x'.repeat(121) }, { 'body.name': 'at most 120 characters' }],
    ['too many', TeamInput, { name: 'a', contacts: Array(11).fill(null) }, { 'body.contacts': 'at most 10 elements' }],
    ['too large for any program', ServiceInput, { name: 'a', tier: 1e300 }, { 'body.tier': 'at most 4' }],
    ['broken', ServiceInput, { name: 'a', tier: 1.5 }, { 'body.tier': 'a whole number' }],
    [
      'not one of a list',
      ServiceInput,
      { name: 'a', lifecycle: 'x' },
      { 'body.lifecycle': 'one of experimental, production, deprecated, retired' },
    ],
    [
      'of an unknown kind',
      TeamInput,
      { name: 'a', contacts: [{ kind: 'fax' }] },
      { 'body.contacts.0.kind': 'one of email, slack, url, phone' },
    ],
    [
      'no address',
      TeamInput,
      { name: 'a', contacts: [{ kind: 'email', value: 'x' }] },
      { 'body.contacts.0.value': 'an email address' },
    ],
    ['there twice', ServiceInput, { name: 'a', tags: ['a', 'a'] }, { 'body.tags': 'nothing twice' }],
    [
      'under a name that is none',
      ServiceInput,
      { name: 'a', annotations: { '-': 'x' } },
      { 'body.annotations.-': 'a name of letters and digits, between them . _ / -' },
    ],
    [
      'unknown',
      ServiceInput,
      JSON.parse('{"name":"a","__proto__":1,"constructor":2}'),
      { 'body.__proto__': 'no such property', 'body.constructor': 'no such property' },
    ],
    ['no number in decimal digits', Limit, '0x10', { body: 'a whole number in decimal digits' }],
    ['outside its bounds', Limit, '101', { body: 'at most 100' }],
  ])('that is %s is named once, with what was expected there', (_why, schema, value, answer) => {
    expect(told(schema, value)).toEqual(answer);
  });

  it('says nothing of what was sent, and cuts long names between characters', () => {
    const sent = { name: 'secret\u0000', [`${'😀'.repeat(90)}x`]: 'secret' };
    const answer = JSON.stringify(told(ServiceInput, sent));
    expect(answer).not.toContain('secret');
    expect(answer).toContain(`body.${'😀'.repeat(80)}"`);
  });
});

/** Values that fit no schema: whatever is refused must be told in our words. */
const odd: readonly unknown[] = [
  undefined,
  null,
  1,
  -1,
  1e300,
  '',
  ' ',
  'x'.repeat(5000),
  true,
  [],
  [null],
  {},
  { x: 1 },
];

const partsOf = (schema: z.ZodType): readonly z.ZodType[] =>
  schema instanceof z.ZodObject ? [schema, ...(Object.values(schema.shape) as z.ZodType[])] : [schema];

it.each(contract.map((route) => [route.operation, route] as const))(
  '%s never answers in the words of a library',
  (_name, { input }) => {
    const schemas = [input.path, input.query, input.body].flatMap((schema) => (schema ? partsOf(schema) : []));
    for (const schema of schemas) {
      for (const value of odd) {
        for (const expected of Object.values(told(schema, value))) {
          expect(expected).not.toMatch(
            /invalid|too (big|small)|received|>=|<=|expected|undefined|\bNaN\b|the format|allows/i,
          );
        }
      }
    }
  },
);
