import { createPublicKey } from 'node:crypto';
import { altered, type Claims, macOf, signedBy, strangersKey, unsigned } from '../../harness/assertion-forge.ts';

/** What a forger has: a real assertion, the public key, another tenant's id, and in the worst case the right key. */
export interface Forge {
  readonly real: string;
  readonly claims: Claims;
  readonly otherTenant: string;
  readonly publicKeyDer: Buffer;
  readonly rightKey: (claims: Claims, header?: object) => Promise<string>;
}

export interface Forgery {
  readonly name: string;
  readonly make: (forge: Forge) => unknown;
}

const { privateKey, publicKey } = strangersKey();
const jwk = publicKey.export({ format: 'jwk' });
const pemOf = (der: Buffer): string =>
  createPublicKey({ key: der, format: 'der', type: 'spki' }).export({ format: 'pem', type: 'spki' }).toString();
const resigned = (real: string, signature: Buffer): string =>
  `${real.split('.').slice(0, 2).join('.')}.${signature.toString('base64url')}`;
const seconds = (claims: Claims, name: string): number => Number(claims[name]);

/** No assertion at all, or something else in its place. */
const absent: readonly Forgery[] = [
  { name: 'missing', make: () => undefined },
  { name: 'null', make: () => null },
  { name: 'empty', make: () => '' },
  { name: 'a number', make: () => 1 },
  { name: 'true', make: () => true },
  { name: 'an array with a real one', make: ({ real }) => [real] },
  { name: 'an object of the claims', make: ({ claims }) => claims },
  { name: 'a JWS in JSON form', make: ({ real }) => jsonForm(real) },
  { name: 'no JWT', make: () => 'assertion' },
  { name: 'only dots', make: () => '..' },
];

const jsonForm = (real: string) => {
  const [protectedHeader, payload, signature] = real.split('.');
  return { payload, signatures: [{ protected: protectedHeader, signature }] };
};

/** The signature is not the authorizer's. */
const unproved: readonly Forgery[] = [
  { name: 'signed with another P-256 key', make: ({ claims }) => signedBy(privateKey, claims) },
  ...['none', 'None', 'NONE', ''].map((alg) => ({
    name: `unsigned, alg "${alg}"`,
    make: ({ claims }: Forge) => unsigned(claims, alg),
  })),
  { name: 'HS256 with the public key as PEM', make: ({ claims, publicKeyDer }) => macOf(claims, pemOf(publicKeyDer)) },
  { name: 'HS256 with the public key as DER', make: ({ claims, publicKeyDer }) => macOf(claims, publicKeyDer) },
  { name: 'HS256 with an empty key', make: ({ claims }) => macOf(claims, '') },
  {
    name: 'another tenant under the real signature',
    make: ({ real, claims, otherTenant }) => altered(real, { ...claims, ten: otherTenant }),
  },
  {
    name: 'more permissions under the real signature',
    make: ({ real, claims }) => altered(real, { ...claims, perms: `${claims.perms} platform:all` }),
  },
  {
    name: 'a longer life under the real signature',
    make: ({ real, claims }) => altered(real, { ...claims, exp: 4e9 }),
  },
  { name: 'the real one, cut short', make: ({ real }) => real.slice(0, -4) },
  { name: 'the real one without its signature', make: ({ real }) => real.slice(0, real.lastIndexOf('.') + 1) },
  { name: 'a signature of zeros', make: ({ real }) => resigned(real, Buffer.alloc(64)) },
  { name: 'a signature of ones', make: ({ real }) => resigned(real, Buffer.alloc(64, 255)) },
  { name: 'a key in its own header', make: ({ claims }) => signedBy(privateKey, claims, { alg: 'ES256', jwk }) },
  {
    name: 'a key id and a key address of the forger’s',
    make: ({ claims }) =>
      signedBy(privateKey, claims, { alg: 'ES256', kid: '../../dev/null', jku: 'https://example.com/keys' }),
  },
];

/** The key is right and what is said is not: a broken authorizer, or an assertion meant for elsewhere. */
const wronglyClaimed: readonly Forgery[] = [
  ...Object.entries({
    'of another stage': { aud: 'ringfence-production' },
    'of no stage': { aud: undefined },
    'of another issuer': { iss: 'somebody' },
    'of no issuer': { iss: undefined },
    'of a tenant that is none': { ten: 'ten_x' },
    'of no tenant': { ten: undefined },
    'of several tenants': { ten: ['ten_000000000000'] },
    'of nobody': { sub: undefined },
    'of no credential': { cred: undefined },
    'of an unknown role': { role: 'root' },
    'of no permissions': { perms: undefined },
    'of permissions in a list': { perms: ['me:read'] },
    'that never expires': { exp: undefined },
    'that was never issued': { iat: undefined },
    'with a word for its expiry': { exp: 'never' },
  }).map(
    ([name, change]): Forgery => ({
      name: `signed by the right key, ${name}`,
      make: ({ claims, rightKey }) => rightKey({ ...claims, ...change }),
    }),
  ),
  {
    name: 'signed by the right key, expired a second ago',
    make: ({ claims, rightKey }) =>
      rightKey({ ...claims, exp: seconds(claims, 'iat') - 1, iat: seconds(claims, 'iat') - 300 }),
  },
  {
    name: 'signed by the right key, not valid before tomorrow',
    make: ({ claims, rightKey }) => rightKey({ ...claims, nbf: seconds(claims, 'iat') + 86_400 }),
  },
  {
    name: 'signed by the right key, with an extension that must be understood',
    make: ({ claims, rightKey }) => rightKey(claims, { alg: 'ES256', crit: ['b64'], b64: false }),
  },
  {
    name: 'signed by the right key, under another algorithm’s name',
    make: ({ claims, rightKey }) => rightKey(claims, { alg: 'ES384' }),
  },
  {
    name: 'signed by the right key, without an algorithm',
    make: ({ claims, rightKey }) => rightKey(claims, { typ: 'JWT' }),
  },
];

/** Every assertion that must open nothing. */
export const forgeries: readonly Forgery[] = [...absent, ...unproved, ...wronglyClaimed];
