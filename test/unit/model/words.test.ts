import fc from 'fast-check';
import { ServiceId, TeamId } from '../../../lambdas/kernel/id.ts';
import { ServiceInput, ServiceRef } from '../../../lambdas/model/service.ts';
import { Alias, Limit, Line, Text, Url } from '../../../lambdas/model/words.ts';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe('an alias', () => {
  it('is never an id, so that one path parameter takes both', () => {
    const base62 = fc.stringMatching(/^[0-9A-Za-z]{16}$/);
    fc.assert(
      fc.property(fc.constantFrom('svc', 'team'), base62, (kind, rest) => {
        expect(accepts(Alias, `${kind}_${rest}`)).toBe(false);
        expect(accepts(Alias, `${kind}_${rest.toLowerCase()}`)).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,9}([._-][a-z0-9]{1,9}){0,4}$/), (alias) => {
        fc.pre(accepts(Alias, alias));
        expect(accepts(ServiceId, alias) || accepts(TeamId, alias)).toBe(false);
        expect(ServiceRef.parse(alias)).toBe(alias);
      }),
    );
  });

  it('holds nothing that a key or a path gives a meaning to', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 70 }), (text) => {
        if (accepts(Alias, text)) expect(text).toMatch(/^[a-z0-9._-]{1,63}$/);
      }),
    );
    for (const no of ['', '-a', 'a-', 'a#b', 'a/b', 'A', '..', 'a\n', 'é', 'a'.repeat(64), 'svc_a', 'team_'])
      expect(accepts(Alias, no)).toBe(false);
  });
});

describe('text for people', () => {
  it('has no control character, and no half of a character, which no two stores keep alike', () => {
    for (const no of ['\ud800', 'a\u0000', 'a\u2028b', ' a', 'a ', '', 'a\nb'])
      expect(accepts(Line(10), no)).toBe(false);
    for (const yes of ['a', 'a b', '😀', 'é']) expect(accepts(Line(10), yes)).toBe(true);
    for (const no of ['\ud800', 'a\u0000', 'a\u001b[0m']) expect(accepts(Text(10), no)).toBe(false);
    for (const yes of ['', 'a\n\tb\r\n', '😀']) expect(accepts(Text(10), yes)).toBe(true);
  });
});

describe('a URL', () => {
  it.each(['https://a.example/b?c=d#e', 'http://localhost:8080', 'https://[::1]/', 'https://a.example/@b'])(
    'may be %s, and is kept as it was sent',
    (url) => {
      expect(Url.parse(url)).toBe(url);
    },
  );

  it.each([
    'javascript:alert(1)',
    'ftp://a.example',
    'https://',
    'https:a.example',
    'https:\\\\a.example',
    'https://a\n.example',
    'https://a.example/b c',
    ' https://a.example',
    'https://user:pass@a.example',
    'https://token@a.example/',
    '//a.example',
  ])('is never %j', (url) => {
    expect(accepts(Url, url)).toBe(false);
  });
});

describe('a page size', () => {
  it.each(['0', '101', '', ' ', 'x', '1.5', '-1', 'NaN', 'Infinity'])('is never %j', (limit) => {
    expect(accepts(Limit, limit)).toBe(false);
  });
});

describe('a body', () => {
  it.each([
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'id',
    'version',
    'schema',
    'ownerKey',
  ])('with the property %s is refused by that name', (name) => {
    const sent: unknown = JSON.parse(`{ "name": "a", ${JSON.stringify(name)}: { "admin": true } }`);
    const { error } = ServiceInput.safeParse(sent);
    expect(error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: [name] }]);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it('names no alias and no tag twice', () => {
    expect(accepts(ServiceInput, { name: 'a', aliases: ['b', 'b'] })).toBe(false);
    expect(accepts(ServiceInput, { name: 'a', tags: ['b', 'b'] })).toBe(false);
  });
});
