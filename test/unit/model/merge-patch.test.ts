import fc from 'fast-check';
import { z } from 'zod';
import { applyPatch } from '../../../lambdas/model/apply-patch.ts';
import { mergePatch, patchOf } from '../../../lambdas/model/merge-patch.ts';

/** https://www.rfc-editor.org/rfc/rfc7396#appendix-A, every row: original, patch, result. */
const examples: readonly (readonly [string, string, string])[] = [
  ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
  ['{"a":"b"}', '{"a":null}', '{}'],
  ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
  ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
  ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
  ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
  ['["a","b"]', '["c","d"]', '["c","d"]'],
  ['{"a":"b"}', '["c"]', '["c"]'],
  ['{"a":"foo"}', 'null', 'null'],
  ['{"a":"foo"}', '"bar"', '"bar"'],
  ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
  ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
  ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
];

describe('a JSON Merge Patch', () => {
  it.each(examples)('of %s with %s gives %s', (original, patch, result) => {
    expect(mergePatch(JSON.parse(original), JSON.parse(patch))).toEqual(JSON.parse(result));
  });

  it('changes neither what it is of nor itself, and done twice is done once', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }), (original, patch) => {
        const before = JSON.stringify([original, patch]);
        const once = mergePatch(original, patch);
        expect(JSON.stringify([original, patch])).toBe(before);
        expect(mergePatch(once, patch)).toEqual(once);
      }),
    );
  });

  it('takes names that every object has for names like any other', () => {
    const patch: unknown = JSON.parse('{"constructor":{"prototype":{"a":1}},"__proto__":{"a":1},"toString":null}');
    const merged = mergePatch({ b: 1 }, patch) as Record<string, unknown>;
    expect(Object.keys(merged).sort()).toEqual(['__proto__', 'b', 'constructor']);
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });
});

describe('the schema of a patch', () => {
  const Thing = z.strictObject({
    name: z.string().min(1),
    note: z.string().optional(),
    size: z.int().default(4),
    words: z.array(z.string()).default([]),
    way: z.strictObject({ kind: z.enum(['a', 'b']), by: z.string().optional() }).optional(),
    marks: z.record(z.string(), z.string()).default({}),
  });
  const Patch = patchOf(Thing);

  it.each([
    {},
    { name: 'a' },
    { note: null, size: null, words: null, way: null, marks: null },
    { way: { by: 'x' } },
    { way: { kind: 'b', by: null } },
    { marks: { a: 'x', b: null } },
  ])('takes %j, and adds nothing to it', (patch) => {
    expect(Patch.parse(patch)).toEqual(patch);
  });

  it.each([
    { name: null },
    { name: '' },
    { size: '4' },
    { other: 1 },
    { way: { kind: null } },
    { way: { other: 1 } },
    { words: [null] },
    { marks: { a: 1 } },
    { marks: Object.fromEntries(Array.from({ length: 61 }, (_, n) => [String(n), null])) },
    [],
    null,
    'name',
  ])('refuses %j', (patch) => {
    expect(Patch.safeParse(patch).success).toBe(false);
  });

  it('is done on what a thing was told, and what comes out has its defaults', () => {
    const before = { id: 'x', version: 3, name: 'a', note: 'b', size: 1, words: ['w'], marks: { a: '1', b: '2' } };
    const patch = { note: null, size: null, words: ['v'], marks: { a: null, c: '3' } };
    expect(applyPatch(Thing, before, patch)).toEqual({ name: 'a', size: 4, words: ['v'], marks: { b: '2', c: '3' } });
  });

  it('says which field it would leave invalid', () => {
    expect(() => applyPatch(Thing, { name: 'a' }, { way: { by: 'x' } })).toThrow(
      expect.objectContaining({
        code: 'invalid-result',
        fields: [{ field: 'body.way.kind', expected: expect.any(String) }],
      }),
    );
  });
});
